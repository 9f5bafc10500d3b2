"""`python -m bylaw_people` serves; `python -m bylaw_people migrate` brings the schema to its newest revision."""

import os
import sys

import sqlalchemy as sa
from bylaw_chassis.faults import told_to_operator
from bylaw_chassis.migrate import migrate
from bylaw_chassis.observe import configure_logs
from bylaw_chassis.serving import Listener
from bylaw_chassis.settings import SettingWrong, read_settings
from bylaw_chassis.telemetry.settings import telemetry_settings
from bylaw_plugin_host.discovery import PluginRefused
from sqlalchemy import make_url

from bylaw_people.app import MIGRATIONS, PeopleSettings, build

ADMIN = "BYLAW_ADMIN_DATABASE_URL"
NO_DATABASE, WRONGLY_SET_UP = 69, 78
"""Exit codes: the database does not answer or refuses (EX_UNAVAILABLE); settings or plugins are at fault (CONFIG)."""


def serve() -> None:
    """Serves on BYLAW_LISTEN until SIGTERM or SIGINT."""
    settings: PeopleSettings = read_settings(PeopleSettings)
    telemetry_settings()  # whatever is wrong in it is told before the database is asked
    configure_logs(level=settings.log_level)
    Listener(
        build(settings),
        settings.listen,
        threads=settings.threads,
        linger_seconds=settings.linger_seconds,
        reflect=settings.reflection,
    ).run()


def bring_up_to_date() -> None:
    """Migrates; the password that the service's role gets is the one in BYLAW_DATABASE_URL."""
    admin_url, own_url = os.environ.get(ADMIN, ""), os.environ.get("BYLAW_DATABASE_URL", "")
    if not admin_url or not own_url:
        raise SettingWrong(f"{ADMIN}，BYLAW_DATABASE_URL：迁移需要两者 / a migration needs both")
    migrate(admin_url, MIGRATIONS, password=make_url(own_url).password or "")


def main(arguments: list[str]) -> int:
    """Answers the process's exit code."""
    commands = {(): serve, ("serve",): serve, ("migrate",): bring_up_to_date}
    command = commands.get(tuple(arguments))
    if command is None:
        sys.stderr.write("用法 / usage: python -m bylaw_people [serve | migrate]\n")
        return 2
    try:
        command()
    except SettingWrong as wrong:
        sys.stderr.write(f"{wrong}\n")
        return WRONGLY_SET_UP
    except PluginRefused as refused:
        sys.stderr.write(f"{refused.zh}\n{refused.en}\n")
        return WRONGLY_SET_UP
    except sa.exc.DBAPIError as error:
        sys.stderr.write(f"{told_to_operator(error)}\n")
        return NO_DATABASE
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
