"""Faults that an operator can mend, told in plain words instead of a stack trace."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import sqlalchemy as sa
from bylaw_chassis.settings import SettingWrong
from bylaw_plugin_host.discovery import PluginRefused

from bylaw_cli.data_folder import cannot_write
from bylaw_cli.wording import Refused

DISK_FULL, NOT_ALLOWED = "53100", "42501"


@contextmanager
def told_plainly(folder: Path) -> Iterator[None]:
    """Turn a full disk, a role without rights, a wrong setting or a refused plugin into a refusal; let others pass."""
    try:
        yield
    except SettingWrong as wrong:
        raise Refused(str(wrong), "") from wrong
    except PluginRefused as refused:
        raise Refused(refused.en, refused.zh) from refused
    except OSError as error:
        raise cannot_write(folder, error) from error
    except (sa.exc.DBAPIError, psycopg.Error) as error:
        if refusal := _mendable(error, folder):
            raise refusal from error
        raise


def _mendable(error: Exception, folder: Path) -> Refused | None:
    origin = error.orig if isinstance(error, sa.exc.DBAPIError) else error
    state = origin.sqlstate if isinstance(origin, psycopg.Error) else None
    if state == DISK_FULL:
        return cannot_write(folder, OSError(errno.ENOSPC, "No space left on device"))
    if state == NOT_ALLOWED:
        return Refused(
            "The role in BYLAW_DATABASE_URL may not create roles and schemas; name one that may (CREATEROLE and"
            " CREATE on the database).",
            "BYLAW_DATABASE_URL 的角色无权创建角色与模式；请使用有权限的角色（CREATEROLE，及数据库的 CREATE 权限）。",
        )
    return None
