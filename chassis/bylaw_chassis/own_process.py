"""Runs a service as a process of its own: `python -m bylaw_<service>` serves it, `... migrate` prepares its schema.

All that its `__main__` says is which service it is::

    OWN = OwnProcess("inventory", MIGRATIONS, InventorySettings, built)
    sys.exit(OWN.run(sys.argv[1:]))
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import make_url

from bylaw_chassis.faults import told_to_operator
from bylaw_chassis.migrate import Migrations, migrate
from bylaw_chassis.observe import configure_logs
from bylaw_chassis.serving import Listener, Service
from bylaw_chassis.settings import ServiceSettings, SettingWrong, read_settings
from bylaw_chassis.telemetry.settings import telemetry_settings

WRONGLY_CALLED, NO_DATABASE, WRONGLY_SET_UP = 2, 69, 78
"""Exit codes: the arguments are at fault, the database (EX_UNAVAILABLE), or the settings and plugins (EX_CONFIG)."""


class MigrationSettings(BaseSettings):
    """What a service's migration is told; each is an environment variable `BYLAW_<NAME>`."""

    model_config = SettingsConfigDict(env_prefix="BYLAW_", env_file_encoding="utf-8", extra="ignore", frozen=True)

    admin_database_url: SecretStr = Field(
        description="The same database for a role that may create roles and schemas, as SQLAlchemy URL."
    )
    database_url: SecretStr = Field(
        description="The service's own address, whose role is made with the password in it, as SQLAlchemy URL."
    )


@dataclass(frozen=True, slots=True)
class OwnProcess:
    """What one service's process runs. `build` makes the service of its settings, channels to neighbours included.

    `not_starting` are exceptions by which `build` says that what is installed beside the service keeps it from starting
    (a plugin); they tell why in `zh` and `en`.
    """

    name: str
    migrations: Migrations
    settings: type[ServiceSettings]
    build: Callable[[Any], Service]
    not_starting: tuple[type[Exception], ...] = ()

    def run(self, arguments: Sequence[str]) -> int:
        """Serves until SIGTERM or SIGINT, or migrates; the exit code, and whatever is at fault in one line or two."""
        command = {(): self._serve, ("serve",): self._serve, ("migrate",): self._migrate}.get(tuple(arguments))
        if command is None:
            return _say(f"用法 / usage: python -m bylaw_{self.name} [serve | migrate]", WRONGLY_CALLED)
        try:
            command()
        except SettingWrong as wrong:
            return _say(str(wrong), WRONGLY_SET_UP)
        except sa.exc.DBAPIError as error:
            return _say(told_to_operator(error), NO_DATABASE)
        except self.not_starting as refused:
            return _say(f"{getattr(refused, 'zh', '')}\n{getattr(refused, 'en', refused)}", WRONGLY_SET_UP)
        return 0

    def _serve(self) -> None:
        settings: ServiceSettings = read_settings(self.settings)
        telemetry_settings()  # whatever is wrong in it is told before the database is asked
        _address(settings.database_url, "BYLAW_DATABASE_URL")
        configure_logs(level=settings.log_level)
        Listener(
            self.build(settings),
            settings.listen,
            threads=settings.threads,
            linger_seconds=settings.linger_seconds,
            reflect=settings.reflection,
        ).run()

    def _migrate(self) -> None:
        told: MigrationSettings = read_settings(MigrationSettings)
        own = _address(told.database_url, "BYLAW_DATABASE_URL")
        admin = _address(told.admin_database_url, "BYLAW_ADMIN_DATABASE_URL")
        migrate(admin.render_as_string(hide_password=False), self.migrations, password=own.password or "")


def _address(secret: SecretStr, setting: str) -> sa.URL:
    try:
        return make_url(secret.get_secret_value())
    except sa.exc.ArgumentError:
        raise SettingWrong(f"{setting}：不是数据库地址 / is no address of a database") from None


def _say(words: str, exit_code: int) -> int:
    sys.stderr.write(f"{words}\n")  # the operator's screen
    return exit_code
