"""The installation's first account: its password is made once and lies in the data folder for its owner alone."""

import secrets
from pathlib import Path

from bylaw_cli.secrets_file import write_secret

LOGIN = "administrator"
PASSWORD_FILE = "administrator.password"  # noqa: S105 - the name of the file


def first_password(folder: Path) -> str:
    """Return the password given to the administrator at first, making it where there is none yet."""
    path = folder / PASSWORD_FILE
    if not path.exists():
        write_secret(path, secrets.token_urlsafe(15))
    return path.read_text().strip()
