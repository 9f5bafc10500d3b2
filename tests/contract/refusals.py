"""Every refusal the services have, found by importing all their modules."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from functools import cache

from bylaw_chassis.refusals import Refusal

from tests.contract.contracts import ROOT, rpcs

SERVICES = sorted({rpc.service.split(".")[1] for rpc in rpcs()})
WORD = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
QUOTED = re.compile(rf"[\"']({WORD.pattern})[\"']")


@cache
def import_all(service: str) -> None:
    """Imports every module of a service, so that its refusals are known."""
    package = importlib.import_module(f"bylaw_{service}")
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not module.name.endswith("__main__") and ".migrations" not in module.name:
            importlib.import_module(module.name)


def kinds(base: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    """A refusal's subclasses, of any depth, that are ours and no test's."""
    for kind in base.__subclasses__():
        yield from kinds(kind)
        if kind.__module__.startswith("bylaw_"):
            yield kind


def reasons_of(package: str) -> set[str]:
    """Reasons that the refusal classes of a package state."""
    return {kind.reason for kind in kinds() if kind.__module__.partition(".")[0] == package and "reason" in vars(kind)}


def words_of(service: str) -> set[str]:
    """Reasons that stand in the text of a service, the hooks or what reads files, such as those of single lines."""
    folders = (ROOT / "services" / service, ROOT / "plugins", ROOT / "chassis" / "bylaw_chassis" / "files")
    texts = (path.read_text(encoding="utf-8") for folder in folders for path in folder.rglob("*.py"))
    return {word for text in texts for word in QUOTED.findall(text)}
