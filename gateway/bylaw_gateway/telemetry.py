"""Whether requests are measured: by what OpenTelemetry's settings say."""

from multiprocessing.util import Finalize

from bylaw_chassis.telemetry.settings import telemetry_settings

from bylaw_gateway.security import Application


def watched(application: Application) -> Application:
    """The application, measured where telemetry is on; raises SettingWrong where its settings are wrong.

    What waits to be sent is sent when this process ends in order: granian's workers run no `atexit`, only this.
    """
    settings = telemetry_settings()
    if not settings.on:
        return application
    from bylaw_chassis.telemetry.exporting import telemetry  # noqa: PLC0415 - costs nothing where it is off

    from bylaw_gateway.watching import WatchedRequests  # noqa: PLC0415

    requests = WatchedRequests(application, telemetry("gateway", settings))
    Finalize(None, requests.close, exitpriority=1)
    return requests
