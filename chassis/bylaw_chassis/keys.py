"""Keys derived from the installation's one master key, so that each purpose has its own."""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet


def derived_key(master_key: str, purpose: str) -> bytes:
    """32 bytes for one purpose; another purpose's key tells nothing of this one."""
    return hmac.new(master_key.encode(), purpose.encode(), hashlib.sha256).digest()


def wrapping_key(master_key: str, purpose: str) -> Fernet:
    """Encrypts what must not lie in the database in clear."""
    return Fernet(base64.urlsafe_b64encode(derived_key(master_key, purpose)))
