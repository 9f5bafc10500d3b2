"""`python -m bylaw_attendance` serves attendance on the network; `... migrate` brings its schema up to date."""

import os
import sys

import sqlalchemy as sa
from bylaw_chassis.faults import told_to_operator
from bylaw_chassis.member import PEOPLE
from bylaw_chassis.migrate import migrate
from bylaw_chassis.neighbours import open_channel
from bylaw_chassis.observe import configure_logs
from bylaw_chassis.serving import Listener
from bylaw_chassis.settings import SettingWrong, read_settings
from bylaw_chassis.telemetry.settings import telemetry_settings
from bylaw_plugin_host.discovery import PluginRefused
from sqlalchemy import make_url

from bylaw_attendance.app import MIGRATIONS, AttendanceSettings, build

ADMIN_URL = "BYLAW_ADMIN_DATABASE_URL"
WRONGLY_CALLED, NO_DATABASE, WRONGLY_SET_UP = 2, 69, 78
"""Exit codes: the arguments are at fault, the database (EX_UNAVAILABLE), or the settings and plugins (EX_CONFIG)."""


def main(arguments: list[str]) -> int:
    """Serves until it is told to stop, or migrates; answers the exit code."""
    try:
        settings = read_settings(AttendanceSettings)
        if arguments == ["migrate"]:
            return _migrate(settings)
        if arguments:
            return _say("用法 / usage: python -m bylaw_attendance [migrate]")
        return _serve(settings)
    except SettingWrong as wrong:
        return _say(str(wrong), WRONGLY_SET_UP)
    except PluginRefused as refused:
        return _say(f"{refused.zh}\n{refused.en}", WRONGLY_SET_UP)
    except sa.exc.DBAPIError as error:
        return _say(told_to_operator(error), NO_DATABASE)


def _serve(settings: AttendanceSettings) -> int:
    telemetry_settings()  # whatever is wrong in it is told before the database is asked
    configure_logs(level=settings.log_level)
    service = build(settings, channels={PEOPLE: open_channel(settings.people_address)})
    Listener(
        service,
        settings.listen,
        threads=settings.threads,
        linger_seconds=settings.linger_seconds,
        reflect=settings.reflection,
    ).run()
    return 0


def _migrate(settings: AttendanceSettings) -> int:
    admin_url = os.environ.get(ADMIN_URL)
    if not admin_url:
        return _say(
            f"{ADMIN_URL}：请设置可建角色的数据库地址 / set the address of a role that may create roles", WRONGLY_SET_UP
        )
    password = make_url(settings.database_url.get_secret_value()).password or ""
    migrate(admin_url, MIGRATIONS, password=password)
    return 0


def _say(words: str, exit_code: int = WRONGLY_CALLED) -> int:
    print(words, file=sys.stderr)  # noqa: T201 - the operator's screen
    return exit_code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
