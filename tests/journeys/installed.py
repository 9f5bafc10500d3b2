"""What a journey knows of the installation it runs against, in whichever form."""

import socket
import subprocess
from collections.abc import Callable
from dataclasses import dataclass

from tests.journeys.layering import Layering


@dataclass(frozen=True)
class Installation:
    """An installation in which nobody has done anything yet.

    Where it answers, its administrator's password, and the command `bylaw` beside it; `sql` is the database's
    administrator; `kept_heads` what is kept of the audit outside the database; `layering` puts a layer above an
    image, where there are images.
    """

    address: str
    password: str
    bylaw: Callable[..., subprocess.CompletedProcess[str]]
    sql: Callable[[str], None]
    kept_heads: Callable[[], str]
    layering: Layering | None = None


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
