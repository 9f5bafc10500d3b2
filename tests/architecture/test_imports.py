"""Modules may be imported without anything happening, and know each other only in the stated direction."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.architecture.sources import ROOT, named, sources, tree

SERVICES = ("attendance", "people", "inventory", "orders")
ASKS = {
    "orders": {"inventory", "people"},
    "attendance": {"people"},
    "inventory": {"people"},
    "people": set(),
}
"""Whom a service may ask; acyclic as it stands."""

# Imports every module with sockets, threads and processes forbidden, in a fresh interpreter: once for all, for speed.
IMPORT_ALL = """
import importlib, socket, subprocess, sys, threading
def refuse(*given, **named): raise AssertionError("work at import")
socket.socket.connect = socket.socket.bind = subprocess.Popen.__init__ = threading.Thread.start = refuse
faulty = []
for name in sys.argv[1:]:
    try: importlib.import_module(name)
    except Exception as error: faulty.append(f"{name}: {type(error).__name__}: {error}")
print("\\n".join(faulty))
"""


def modules() -> list[str]:
    """Names of our product's modules; `__main__` is what is run, not imported."""
    found = []
    for path in sources("chassis", "services", "gateway", "console", "plugins", "cli"):
        parts = path.relative_to(ROOT).with_suffix("").parts
        start = next((index for index, part in enumerate(parts) if part.startswith("bylaw")), None)
        if start is not None and parts[-1] != "__main__":
            found.append(".".join(part for part in parts[start:] if part != "__init__"))
    return found


def test_importing_any_module_does_no_work() -> None:
    assert len(modules()) > 60
    done = subprocess.run([sys.executable, "-c", IMPORT_ALL, *modules()], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == ""


def imported(path: Path) -> set[str]:
    """What a file imports, by full name."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.update({node.module, *(f"{node.module}.{alias.name}" for alias in node.names)})
    return found


def asked_by(service: str) -> set[str]:
    """The services whose calls a service makes, by the stubs it imports."""
    names = {name for path in sources(f"services/{service}") for name in imported(path)}
    stubs = {name for name in names if name.startswith("bylaw.") and name.endswith("_pb2_grpc")}
    return {name.split(".")[1] for name in stubs} & set(SERVICES) - {service}


def test_services_ask_each_other_in_no_circle() -> None:
    for service in SERVICES:
        assert asked_by(service) <= ASKS[service], service


def test_the_stated_directions_have_no_circle() -> None:
    left = {service: set(asks) for service, asks in ASKS.items()}
    while left:
        free = {service for service, asks in left.items() if not asks & left.keys()}
        assert free, left
        left = {service: asks for service, asks in left.items() if service not in free}


def test_only_a_services_own_folder_imports_it_beside_the_command_line() -> None:
    strangers = [
        f"{named(path)} imports {name}"
        for path in sources("chassis", "services", "gateway", "console", "plugins")
        for name in imported(path)
        for service in SERVICES
        if name.split(".")[0] == f"bylaw_{service}" and f"services/{service}/" not in named(path)
    ]
    assert strangers == []


def test_the_chassis_knows_no_business() -> None:
    known = {name for path in sources("chassis") for name in imported(path) if name.startswith("bylaw.")}
    assert {name for name in known if not name.startswith(("bylaw.options", "bylaw.people.v1", "bylaw.types"))} == set()
    assert {named(path) for path in sources("chassis") if "bylaw.people.v1" in imported(path)} == {
        "chassis/bylaw_chassis/access_tokens.py",
        "chassis/bylaw_chassis/decisions/desk.py",
        "chassis/bylaw_chassis/notices.py",
        "chassis/bylaw_chassis/outcome_rows.py",
        "chassis/bylaw_chassis/published_keys.py",
        "chassis/bylaw_chassis/wordings_check.py",
        "chassis/bylaw_chassis/organisation/checks.py",
        "chassis/bylaw_chassis/member.py",
        "chassis/bylaw_chassis/organisation/told.py",
    }


def test_what_third_parties_depend_on_needs_nothing_of_ours() -> None:
    project = tomllib.loads((ROOT / "plugins/hooks/pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert not [name for name in project["dependencies"] if name.startswith("bylaw")]


def test_the_import_contracts_hold() -> None:
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-4_000:] + done.stderr[-2_000:]
