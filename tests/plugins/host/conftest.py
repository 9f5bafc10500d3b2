"""The gallery's distributions installed in a folder of a test's own, and hosts over them that end with it."""

import shutil
from collections.abc import Callable, Iterator
from importlib.metadata import distributions
from pathlib import Path

import pytest
from bylaw_hooks import MonthFacts
from bylaw_kit.months import month_days
from bylaw_plugin_host.discovery import GROUP, Found, found_among
from bylaw_plugin_host.host import PolicyHost
from bylaw_plugin_host.starting import start
from bylaw_plugin_host.workers import Limits

GALLERY = Path(__file__).parents[1] / "gallery"
PARTS = ("ordinary.py", "line.py")
DAYS = month_days((2026, 9), "Asia/Shanghai", {})
AMPLE = Limits(floor_seconds=60, memory_bytes=300 << 20)
"""For whoever is not to be stopped by the clock: the machine that runs the tests is shared."""
SHORT = Limits(floor_seconds=1.5, finding_seconds=120, memory_bytes=300 << 20)
PEOPLE = 8


class Site:
    """A folder of installed distributions."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for part in PARTS:
            shutil.copy(GALLERY / part, folder)

    def install(self, *modules: str) -> None:
        """Distributions of the gallery, named like their modules."""
        for module in modules:
            self.add(module.replace("_", "-"), (GALLERY / f"{module}.py").read_text(encoding="utf-8"))

    def add(self, distribution: str, source: str, *, entry: str | None = None, version: str = "1.2") -> None:
        """A distribution of one module."""
        module = distribution.replace("-", "_")
        (self.folder / f"{module}.py").write_text(source, encoding="utf-8")
        info = self.folder / f"{module}-{version}.dist-info"
        info.mkdir()
        metadata = f"Metadata-Version: 2.1\nName: {distribution}\nVersion: {version}\n"
        (info / "METADATA").write_text(metadata, encoding="utf-8")
        (info / "entry_points.txt").write_text(f"[{GROUP}]\n{entry or distribution} = {module}\n", encoding="utf-8")

    def found(self) -> list[Found]:
        """What is installed here, by metadata."""
        installed = distributions(path=[str(self.folder)])
        return found_among(entry for each in installed for entry in each.entry_points)


Host = Callable[..., PolicyHost]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


@pytest.fixture
def host(site: Site) -> Iterator[Host]:
    """Starts a host over modules of the gallery."""
    started: list[PolicyHost] = []

    def over(*modules: str, limits: Limits = AMPLE) -> PolicyHost:
        site.install(*modules)
        started.append(start(lambda clause, _: clause.startswith(("HRS-", "ATT-")), site.found(), limits=limits))
        return started[-1]

    yield over
    for one in started:
        one.close()


def months(people: int = PEOPLE) -> list[MonthFacts]:
    """So many people who come at half past eight and leave at half past twelve, all of September."""
    inside = [day for day in DAYS if day.inside]
    punches = tuple(60 * day.at(wall) for day in inside for wall in ("08:30", "12:30"))
    return [
        MonthFacts(person, DAYS, punches, decided_until=DAYS[-1].midnight, handed_over=True) for person in range(people)
    ]
