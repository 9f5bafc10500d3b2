"""C31: a wheel installs and keeps every rule with only its declared dependencies.

Needs the extra `bylaw-hooks[kit]`.
"""

import subprocess
from collections.abc import Iterator
from importlib.metadata import Distribution
from pathlib import Path
from tempfile import TemporaryDirectory

from bylaw_kit.alone import BARE, install, reach
from bylaw_kit.answering import Outcome
from bylaw_kit.asking import KitEnded, asked
from bylaw_kit.ending import LONGEST_SECONDS
from bylaw_kit.finding import GROUP
from bylaw_kit.guarding import guarded
from bylaw_kit.outcomes import broken_by
from bylaw_kit.subject import RuleBroken

KIT = "bylaw-hooks[kit]"
IMPORT = "import sys, importlib; sys.path[:0] = sys.argv[2:]; importlib.import_module(sys.argv[1])"
RUN = """
import runpy, sys
folders, sys.argv = sys.argv[1].split("|"), ["bylaw_kit", *sys.argv[2:]]
sys.path[:0] = folders
runpy.run_module("bylaw_kit", run_name="__main__")
"""


def outcomes_of_wheel(wheel: Path, *, examples: int = 60) -> Iterator[Outcome]:
    """Every rule over every version in a wheel, and C31 last; where it cannot even be imported, C31 alone."""
    with TemporaryDirectory(prefix="bylaw-alone-") as folder:
        own, kit = Path(folder) / "own", Path(folder) / "kit"
        try:
            one = install(wheel, own)
            reach((text for text in one.requires or () if "extra ==" not in text), own)
            module = _module(one)
            _import(module, own)
        except RuleBroken as broken:
            yield broken_by(wheel.name, broken)
            return
        reach([KIT], kit)
        faulty: dict[str, None] = {}
        for found in _kept(module, (own, kit), examples):
            faulty |= {found.rule: None} if found.why else {}
            yield found
        yield Outcome(wheel.name, "C31", f"by itself it breaks {', '.join(faulty)}" if faulty else "")


def _module(one: Distribution) -> str:
    """What its entry point names; RuleBroken where it is called otherwise than the distribution, or is not there."""
    entries = [entry for entry in one.entry_points if entry.group == GROUP]
    if [entry.name for entry in entries] != [one.name]:
        raise RuleBroken("C31", f"it must have one entry point of {GROUP}, called {one.name} as it is itself")
    return entries[0].value.partition(":")[0]


def _import(module: str, own: Path) -> None:
    """Imported where not even the kit's own needs can be."""
    with guarded([*BARE, "-c", IMPORT, module, str(own)]) as importing:
        try:
            status = importing.ended(LONGEST_SECONDS)
        except subprocess.TimeoutExpired:
            raise RuleBroken("C31", f"its import did not end within {LONGEST_SECONDS} seconds") from None
    if status:
        last = importing.printed.strip().splitlines() or [f"its import ended with status {status}"]
        raise RuleBroken("C31", f"with only what it declares: {last[-1]}")


def _kept(module: str, folders: tuple[Path, Path], examples: int) -> Iterator[Outcome]:
    command = [*BARE, "-c", RUN, "|".join(map(str, folders)), module, "--json", "--examples", str(examples)]
    try:
        yield from asked(command)
    except KitEnded as ended:
        yield Outcome(module, "C31", f"the kit ended: {ended}")
