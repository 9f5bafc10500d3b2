"""The server of a service: a plain one, or where telemetry is on one that measures."""

from typing import Any

from bylaw_chassis.database import Database
from bylaw_chassis.server import Server
from bylaw_chassis.telemetry.settings import telemetry_settings


def server_of(database: Database, *given: Any, **named: Any) -> Server:
    """A server built as `Server(...)` is; raises SettingWrong where OpenTelemetry's settings are wrong."""
    settings = telemetry_settings()
    if not settings.on:
        return Server(*given, **named)
    from bylaw_chassis.telemetry.exporting import telemetry  # noqa: PLC0415 - costs nothing where it is off
    from bylaw_chassis.telemetry.gauges import add_gauges  # noqa: PLC0415
    from bylaw_chassis.telemetry.watched_server import WatchedServer  # noqa: PLC0415

    own = telemetry(database.schema, settings)
    add_gauges(own.meter, database)
    return WatchedServer(*given, telemetry=own, **named)
