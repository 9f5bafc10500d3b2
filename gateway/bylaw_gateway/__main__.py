"""`python -m bylaw_gateway` answers REST over services on the network, until SIGTERM or SIGINT."""

import sys

from bylaw_chassis.settings import SettingWrong
from bylaw_chassis.telemetry.settings import telemetry_settings
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.mp import MPServer
from pydantic import ValidationError

from bylaw_gateway.networked import addresses_told
from bylaw_gateway.settings import GatewaySettings

WRONG_SETTINGS = 78
KILL_SECONDS = 30
THREAD_SECONDS = 600


def main() -> int:
    """Answers the process's exit code."""
    try:
        addresses, _, _ = addresses_told(), GatewaySettings(), telemetry_settings()
    except ValidationError as error:
        faults = [f"  BYLAW_GATEWAY_{str(item['loc'][0]).upper()}: {item['msg']}" for item in error.errors()]
        sys.stderr.write("\n".join(["设置有误 / wrong settings:", *faults, ""]))
        return WRONG_SETTINGS
    except SettingWrong as wrong:
        sys.stderr.write(f"{wrong}\n")
        return WRONG_SETTINGS
    MPServer(
        "bylaw_gateway.networked:create_networked_app",
        factory=True,
        address=addresses.host,
        port=addresses.port,
        interface=Interfaces.WSGI,
        workers=addresses.workers,
        blocking_threads=addresses.threads,
        # Grown threads stay: while granian adds one, a request may wait for the one after it.
        blocking_threads_idle_timeout=THREAD_SECONDS,
        workers_kill_timeout=KILL_SECONDS,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    ).serve()
    return 0


if __name__ == "__main__":
    sys.exit(main())
