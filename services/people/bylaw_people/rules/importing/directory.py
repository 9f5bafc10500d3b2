"""Finds what lines name by code, or by a title that only one bears."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from bylaw_people.rules.fields import shown
from bylaw_people.rules.importing.lines import Faults, Line
from bylaw_people.rules.organisation import PositionRecord, SiteRecord, UnitRecord, Wording

AMBIGUOUS = "NAME_AMBIGUOUS"
UNKNOWN = {
    "unit": "UNIT_NOT_FOUND",
    "parent": "UNIT_NOT_FOUND",
    "position": "POSITION_NOT_FOUND",
    "site": "SITE_NOT_FOUND",
}


class Directory:
    """Ids by code and by title."""

    def __init__(self, entries: Iterable[tuple[UUID, str, Wording]]) -> None:
        self._codes: dict[str, UUID] = {}
        self._titles: dict[str, set[UUID]] = defaultdict(set)
        for identifier, code, title in entries:
            self.add(identifier, code, title)

    @classmethod
    def of_units(cls, units: Iterable[UnitRecord]) -> "Directory":
        """Units under what they are called now."""
        return cls((unit.id, unit.code, unit.versions[-1].title) for unit in units)

    @classmethod
    def of(cls, entries: Iterable[PositionRecord | SiteRecord]) -> "Directory":
        """Positions or sites."""
        return cls((entry.id, entry.code, entry.versions[-1].title) for entry in entries)

    def add(self, identifier: UUID, code: str, title: Wording) -> None:
        """One more."""
        self._codes[code] = identifier
        self._titles[title.zh].add(identifier)
        self._titles[title.en].add(identifier)

    def knows(self, text: str) -> bool:
        """Whether anything has that code or title."""
        return text in self._codes or bool(self._titles.get(text))

    def find(self, line: Line, column: str, faults: Faults) -> UUID | None:
        """What a cell names; notes a fault where that is nothing, or more than one."""
        text = line[column]
        if text in self._codes:
            return self._codes[text]
        found = self._titles.get(text, set())
        if len(found) == 1:
            return next(iter(found))
        if found:
            zh, en = f"{shown(text)} 对应多个记录，请填写代码", f"{shown(text)} is the title of several, state the code"
            faults.add(line, column, AMBIGUOUS, zh=zh, en=en)
        elif text:
            zh, en = f"没有 {shown(text)}，请先建立或更正", f"there is no {shown(text)}, add it first or correct it"
            faults.add(line, column, UNKNOWN[column], zh=zh, en=en)
        else:
            faults.add(line, column, "FIELD_MISSING", zh="必填", en="is needed")
        return None
