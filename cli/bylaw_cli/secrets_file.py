"""The installation's master key: made once, kept in the data folder, readable by its owner alone."""

import os
import secrets
from pathlib import Path

from bylaw_cli.data_folder import cannot_write
from bylaw_cli.wording import Refused

NAME = "master.key"


def master_key(folder: Path) -> str:
    """Return the key of this data folder, making it at the first start.

    Written under another name and moved into place, so that a start killed half-way leaves none or a whole one.
    """
    path = folder / NAME
    try:
        if not path.exists():
            write_secret(path, secrets.token_urlsafe(48))
        key = path.read_text().strip()
    except OSError as error:
        raise cannot_write(folder, error) from error
    if len(key) < 32:
        raise Refused(
            f"{path} holds no key of 32 characters or more. Restore it from your backup: without it, nobody stays"
            " signed in and what it protects cannot be read.",
            f"{path} 中没有至少 32 个字符的密钥。请从备份恢复：没有它，所有登录失效，受其保护的数据无法读取。",
        )
    return key


def write_secret(path: Path, key: str) -> None:
    """Write a secret that only its owner may read; whole, or not at all."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(key + "\n")
        file.flush()
        os.fsync(descriptor)
    fresh.rename(path)
