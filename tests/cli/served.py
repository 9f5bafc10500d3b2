"""Every service and the gateway as operators run them apart: a process each, loopback gRPC, one PostgreSQL."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from sqlalchemy import make_url

from tests.cli.running import free_port
from tests.cli.starting import eventually

ROOT = Path(__file__).resolve().parents[2]
BYLAW = ("bylaw_cli", "serve")
ADMINISTRATOR_PASSWORD = "lantern-on-the-quay"  # noqa: S105


@dataclass(frozen=True)
class Served:
    """The processes, and where the gateway answers."""

    processes: Mapping[str, subprocess.Popen[bytes]]
    address: str
    environment: Mapping[str, str]

    def ready(self) -> int:
        """The gateway's answer to `/readyz`; 0 where it does not answer."""
        try:
            return httpx.get(f"{self.address}/readyz", timeout=5).status_code
        except httpx.TransportError:
            return 0


def settings(admin_url: str) -> dict[str, str]:
    """The environment in which all of them and the migration run."""
    ports = {name: free_port() for name in ("people", "attendance", "inventory", "orders", "gateway")}
    own = {name: make_url(admin_url).set(username=f"bylaw_{name}", password="apart") for name in ports}  # noqa: S106
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("BYLAW_")},
        "BYLAW_ADMIN_DATABASE_URL": admin_url,
        "BYLAW_PEOPLE_DATABASE_URL": own["people"].render_as_string(hide_password=False),
        "BYLAW_ATTENDANCE_DATABASE_URL": own["attendance"].render_as_string(hide_password=False),
        "BYLAW_INVENTORY_DATABASE_URL": own["inventory"].render_as_string(hide_password=False),
        "BYLAW_ORDERS_DATABASE_URL": own["orders"].render_as_string(hide_password=False),
        "BYLAW_MASTER_KEY": "a master key for four processes, long enough",
        "BYLAW_ADMINISTRATOR_PASSWORD": ADMINISTRATOR_PASSWORD,
        "BYLAW_LINGER_SECONDS": "0.2",
        "BYLAW_PEOPLE_ADDRESS": f"127.0.0.1:{ports['people']}",
        "BYLAW_INVENTORY_ADDRESS": f"127.0.0.1:{ports['inventory']}",
        "BYLAW_GATEWAY_PEOPLE": f"127.0.0.1:{ports['people']}",
        "BYLAW_GATEWAY_ATTENDANCE": f"127.0.0.1:{ports['attendance']}",
        "BYLAW_GATEWAY_INVENTORY": f"127.0.0.1:{ports['inventory']}",
        "BYLAW_GATEWAY_ORDERS": f"127.0.0.1:{ports['orders']}",
        "BYLAW_ADDRESS_KEY": "what the gateway and the services share, long enough",
        "BYLAW_GATEWAY_ADDRESS_KEY": "what the gateway and the services share, long enough",
        "BYLAW_GATEWAY_HOST": "127.0.0.1",
        "BYLAW_GATEWAY_PORT": str(ports["gateway"]),
    }


def of_service(environment: Mapping[str, str], service: str) -> dict[str, str]:
    """The environment of one service: its own database and its own port under the names that it reads."""
    return {
        **environment,
        "BYLAW_DATABASE_URL": environment.get(f"BYLAW_{service.upper()}_DATABASE_URL", ""),
        "BYLAW_LISTEN": environment.get(f"BYLAW_GATEWAY_{service.upper()}", ""),
    }


def run(environment: Mapping[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    """Run a module to its end."""
    whole = [sys.executable, "-m", *command]
    return subprocess.run(whole, cwd=ROOT, env=dict(environment), check=False, capture_output=True, text=True)


@contextmanager
def served(admin_url: str, **more: str) -> Iterator[Served]:
    """Migrate and serve; one of them as `python -m`, the way the containers do, the others as `bylaw serve`.

    `more` stands in the environment of all.
    """
    environment = {**settings(admin_url), **more}
    done = run(environment, "bylaw_cli", "migrate")
    assert done.returncode == 0, done.stderr
    commands = {
        "people": (*BYLAW, "people"),
        "attendance": ("bylaw_attendance",),
        "inventory": (*BYLAW, "inventory"),
        "orders": ("bylaw_orders",),
        "gateway": (*BYLAW, "gateway"),
    }
    with ExitStack() as stack:
        processes = {}
        for name, command in commands.items():
            whole = [sys.executable, "-m", *command]
            process = subprocess.Popen(whole, cwd=ROOT, env=of_service(environment, name))
            stack.enter_context(process)
            stack.callback(process.kill)
            processes[name] = process
        address = f"http://127.0.0.1:{environment['BYLAW_GATEWAY_PORT']}"
        everything = Served(processes, address, environment)
        eventually(lambda: everything.ready() == 200, within_seconds=90)
        yield everything
