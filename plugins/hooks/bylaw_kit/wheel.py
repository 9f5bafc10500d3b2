"""C31: a wheel installs and keeps every rule with only its declared dependencies.

Needs the extra `bylaw-hooks[kit]`.
"""

import json
import subprocess
from collections.abc import Iterator
from importlib.metadata import Distribution
from pathlib import Path
from tempfile import TemporaryDirectory

from bylaw_kit.alone import BARE, install, reach
from bylaw_kit.finding import GROUP
from bylaw_kit.outcomes import Outcome, broken_by
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
        rules = list(_kept(module, (own, kit), examples))
        yield from rules
        faulty = list(dict.fromkeys(found.rule for found in rules if found.why))
        yield Outcome(wheel.name, "C31", f"by itself it breaks {', '.join(faulty)}" if faulty else "")


def _module(one: Distribution) -> str:
    """What its entry point names; RuleBroken where it is called otherwise than the distribution, or is not there."""
    entries = [entry for entry in one.entry_points if entry.group == GROUP]
    if [entry.name for entry in entries] != [one.name]:
        raise RuleBroken("C31", f"it must have one entry point of {GROUP}, called {one.name} as it is itself")
    return entries[0].value.partition(":")[0]


def _import(module: str, own: Path) -> None:
    """Imported where not even the kit's own needs can be."""
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [*BARE, "-c", IMPORT, module, str(own)], capture_output=True, text=True, check=False, cwd=own
    )
    if done.returncode:
        raise RuleBroken("C31", f"with only what it declares: {done.stderr.strip().splitlines()[-1]}")


def _kept(module: str, folders: tuple[Path, Path], examples: int) -> Iterator[Outcome]:
    asked = [module, "--json", "--examples", str(examples)]
    done = subprocess.run(  # noqa: S603 - our own interpreter
        [*BARE, "-c", RUN, "|".join(map(str, folders)), *asked],
        capture_output=True,
        text=True,
        check=False,
        cwd=folders[0],
    )
    told = [line for line in done.stdout.splitlines() if line.startswith('{"pattern": ')]
    for line in told:
        yield Outcome(**json.loads(line))
    if done.returncode not in {0, 1} or not told:
        yield Outcome(module, "C31", f"the kit ended with {done.returncode}: {done.stderr.strip()[-600:]}")
