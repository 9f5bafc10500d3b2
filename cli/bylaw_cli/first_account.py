"""Makes the installation's first account, whose password is made once, and gives it a fresh one when that is lost.

A password file that was deleted is not written again by a start: it would not hold the account's password.
"""

import secrets
from collections.abc import Mapping
from pathlib import Path

from bylaw_chassis.clock import system_clock
from bylaw_chassis.database import Database
from bylaw_chassis.refusals import Refusal
from bylaw_people import app as people

from bylaw_cli.administrator import LOGIN, PASSWORD_FILE
from bylaw_cli.secrets_file import write_secret
from bylaw_cli.wording import Refused

LOGIN_SETTING, PASSWORD_SETTING = "BYLAW_ADMINISTRATOR_LOGIN", "BYLAW_ADMINISTRATOR_PASSWORD"


def ensure(folder: Path, database: Database) -> None:
    """Make the account where there is none; the password is on disk before it is the account's."""
    path = folder / PASSWORD_FILE
    if people.has_administrator(database, login=LOGIN):
        return
    if not path.exists():
        write_secret(path, _fresh())
    people.create_administrator(database, login=LOGIN, password=path.read_text().strip())


def reset(folder: Path, database: Database) -> Path:
    """Give the account a fresh password and return the file it lies in; raises `Refused` where there is no account."""
    password = _fresh()
    if not people.reset_administrator(database, login=LOGIN, password=password):
        raise Refused(
            f"There is no account `{LOGIN}` yet; the first `bylaw up` makes it.",
            f"尚无账户 `{LOGIN}`；首次 `bylaw up` 会创建。",
        )
    write_secret(folder / PASSWORD_FILE, password)
    return folder / PASSWORD_FILE


def make_as_told(database_url: str, environment: Mapping[str, str]) -> None:
    """Make the account with the password of BYLAW_ADMINISTRATOR_PASSWORD, if that is set; one that is there stays."""
    password = environment.get(PASSWORD_SETTING, "")
    if not password:
        return
    database = Database(database_url, people.MIGRATIONS.schema, system_clock, 1)
    try:
        people.create_administrator(database, login=environment.get(LOGIN_SETTING) or LOGIN, password=password)
    except Refusal as refusal:
        raise Refused(
            f"{PASSWORD_SETTING}: {refusal.message_en}", f"{PASSWORD_SETTING}：{refusal.message_zh}"
        ) from refusal
    finally:
        database.close()


def _fresh() -> str:
    return secrets.token_urlsafe(15)
