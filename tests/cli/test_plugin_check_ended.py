"""However `bylaw plugin check` is ended, the kit that it started ends with it, whatever a plugin is doing just then."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from bylaw_cli.plugin.writing import write

from tests.cli.running import gone
from tests.cli.starting import eventually

DEAF = '        __import__("re").match("(a+)+$", "a" * 60 + "b")\n'
"""In it Python hears no signal and no other thread."""


def hanging(folder: Path) -> Path:
    pattern = write("acme-patterns", folder) / "acme_patterns" / "day_shift.py"
    text = pattern.read_text(encoding="utf-8")
    head = "parameters: Day) -> Iterator[PlannedDay]:\n"
    assert head in text
    pattern.write_text(text.replace(head, head + DEAF), encoding="utf-8")
    return folder / "acme-patterns"


def arguments(process: psutil.Process) -> list[str]:
    """How it was started; nothing of one that has ended meanwhile."""
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:
        return []


@pytest.mark.parametrize(
    "number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL], ids=lambda one: one.name
)
def test_a_check_that_is_ended_leaves_no_process_behind(number: signal.Signals, tmp_path: Path) -> None:
    places = tmp_path / "places"
    places.mkdir()
    command = [sys.executable, "-m", "bylaw_cli", "plugin", "check", str(hanging(tmp_path))]
    environment = {**os.environ, "TMPDIR": str(places)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, start_new_session=True) as check:

        def kits() -> list[psutil.Process]:
            family = psutil.Process(check.pid).children(recursive=True)
            return [one for one in family if arguments(one)[1:3] == ["-m", "bylaw_kit"]]

        eventually(lambda: bool(kits()), within_seconds=60)
        family = psutil.Process(check.pid).children(recursive=True)
        check.send_signal(number)
        check.wait(30)
    eventually(lambda: gone(family), within_seconds=10)
    if number != signal.SIGKILL:
        assert list(places.iterdir()) == []
