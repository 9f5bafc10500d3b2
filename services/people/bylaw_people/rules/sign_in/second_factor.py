"""The second factor: codes of an authenticator app (RFC 6238), each good once, and recovery codes."""

import hashlib
import hmac
from datetime import datetime

import pyotp

STEP_SECONDS = 30
STEPS_ASIDE = 1
"""A clock half a minute off, either way."""

RECOVERY_CODES = 10
RECOVERY_CODE_BYTES = 8
ISSUER = "Bylaw"


def code_step(secret: str, code: str, now: datetime, last_step: int) -> int | None:
    """The step whose code this is, if it is later than the one used last; nothing where the code is not right."""
    digits = code.replace(" ", "")
    if not (len(digits) == 6 and digits.isascii() and digits.isdigit()):
        return None
    app, present = pyotp.TOTP(secret, interval=STEP_SECONDS), int(now.timestamp()) // STEP_SECONDS
    around = range(present - STEPS_ASIDE, present + STEPS_ASIDE + 1)
    right = [step for step in around if hmac.compare_digest(app.generate_otp(step), digits)]
    return next((step for step in right if step > last_step), None)


def otpauth_uri(secret: str, login: str) -> str:
    """What a picture for the app holds."""
    return pyotp.TOTP(secret, interval=STEP_SECONDS).provisioning_uri(name=login, issuer_name=ISSUER)


def recovery_code(random: bytes) -> str:
    """Eight random bytes as somebody can type them."""
    text = random.hex()
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))


def recovery_digest(person: str, code: str) -> bytes:
    """By what a recovery code is known: whose it is belongs to it."""
    plain = "".join(character for character in code[:64].casefold() if character.isalnum())
    return hashlib.sha256(f"{person}:{plain}".encode()).digest()
