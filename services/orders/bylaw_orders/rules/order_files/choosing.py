"""Which importer reads files, and which of their lines are the headings: by the names of columns alone (ORD-1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol

from bylaw_chassis.files.refused import FileReason, FileRefused
from bylaw_hooks.orders import Header

from bylaw_orders.rules.order_files.refusals import ImporterAmbiguous, ImporterNotFound
from bylaw_orders.rules.order_files.tables import Candidate

MOST_NAMED = 12


class Known(Protocol):
    """Which headings an importer knows, and which columns they lack together."""

    @property
    def known(self) -> tuple[bool, ...]: ...
    @property
    def missing(self) -> tuple[str, ...]: ...


class Importers(Protocol):
    """The importers that are installed; see `importers.py` of the service."""

    @property
    def most_tables(self) -> dict[str, int]: ...
    def match(self, importer: str, headers: tuple[Header, ...]) -> Known: ...


@dataclass(frozen=True, slots=True)
class Chosen:
    """An importer, and the heading of each file."""

    importer: str
    headings: tuple[Candidate, ...]


def choose(files: Sequence[Sequence[Candidate]], named: str, importers: Importers) -> Chosen:
    """The importer that is named, else the only one that knows every file.

    Refuses IMPORTER_NOT_FOUND and IMPORTER_AMBIGUOUS; raises FileRefused, naming the columns that are missing.
    """
    if named and named not in importers.most_tables:
        raise ImporterNotFound(importer=named)
    tried = [_tried(files, one, importers) for one in ([named] if named else sorted(importers.most_tables))]
    able = [one.chosen for one in tried if one.chosen]
    if len(able) > 1:
        raise ImporterAmbiguous(importers=", ".join(one.importer for one in able))
    if able:
        return able[0]
    nearest = min(tried, key=lambda one: (one.lacking_share, one.missing), default=None)
    if nearest is None or (not named and nearest.lacking_share == 1):
        raise FileRefused(FileReason.NOT_RECOGNISED, seen="table")
    shown = ", ".join(islice(nearest.missing, MOST_NAMED))
    raise FileRefused(FileReason.HEADER_WRONG, line_number=str(nearest.line), expected=shown)


@dataclass(frozen=True, slots=True)
class _Tried:
    """What came of trying an importer: chosen, or what lacks at the line that is most like its heading."""

    chosen: Chosen | None
    line: int = 0
    missing: tuple[str, ...] = ()
    lacking_share: float = 1.0


def _tried(files: Sequence[Sequence[Candidate]], importer: str, importers: Importers) -> _Tried:
    if len(files) > importers.most_tables[importer]:
        return _Tried(None)
    headings = []
    for candidates in files:
        known = importers.match(importer, tuple(one.header for one in candidates)).known
        heading = next((one for one, is_known in zip(candidates, known, strict=True) if is_known), None)
        if heading is None:
            return _nearest(candidates, importer, importers)
        headings.append(heading)
    missing = importers.match(importer, tuple(one.header for one in headings)).missing
    if missing:
        return _Tried(None, headings[-1].line, missing, 0.0)
    return _Tried(Chosen(importer, tuple(headings)))


def _nearest(candidates: Sequence[Candidate], importer: str, importers: Importers) -> _Tried:
    nothing = len(importers.match(importer, ((),)).missing) or 1
    tried = [(importers.match(importer, (one.header,)).missing, one.line) for one in candidates]
    missing, line = min(tried, key=lambda one: len(one[0]))
    return _Tried(None, line, missing, min(1.0, len(missing) / nothing))
