"""What a rota file changes of what is published, cell by cell, and every fault of it by its cell."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from bylaw_cli.looking_up import ALL
from bylaw_cli.rest import Rest
from bylaw_cli.rota_file import BACK, OWN_PATTERN, RotaFile, Row
from bylaw_cli.wording import Language, Wording

Tree = Mapping[str, Any]
UNKNOWN = Wording(
    "A{row}: nobody called {who} works in the unit or below it in these months.",
    "A{row}：该部门及下级在这些月份没有 {who}。",
)
NAMELESS = Wording("A{row}: the row names nobody.", "A{row}：该行未写明人员。")
SEVERAL = Wording("A{row}: several are called {who}; type the number.", "A{row}：有多人名为 {who}，请填写工号。")
TWICE = Wording("A{row}: {who} is there twice, before in row {first}.", "A{row}：{who} 重复，已见于第 {first} 行。")
NOT_PUBLISHED = Wording(
    "{place}: * keeps a day that a pattern of its own decides, and there is none.",
    "{place}：* 用于保留单独指定班制的日期，而当天没有。",
)


class Change(NamedTuple):
    """A cell that becomes another: where it stands in the file, whose it is, and what is published (None: nothing)."""

    place: str
    person: Tree
    day: str
    word: str
    published: Tree | None

    @property
    def back(self) -> bool:
        """What is published is taken back, and nothing comes in its place."""
        return self.word == BACK


class Changes(NamedTuple):
    """What a file comes to."""

    changes: list[Change]
    faults: list[str]
    kept: int
    """Published cells that the file leaves empty, and that stay."""


def people_of(rest: Rest, unit: str, days: Sequence[str]) -> list[Any]:
    """Who works in a unit and below it on the first or the last of these days, by number."""
    found = {}
    for day in sorted({min(days), max(days)}):
        for one in rest.pages("/v1/people", "people", {**ALL, "unit": unit, "asOfDate": day}):
            found[one["name"]] = one
    return sorted(found.values(), key=lambda one: str(one["number"]))


def published(rest: Rest, parent: str, months: Sequence[str]) -> dict[tuple[str, str], Any]:
    """What is published of these months, by person and day."""
    path = f"/v1/{parent}/rotaCells"
    cells = (cell for month in months for cell in rest.pages(path, "rotaCells", {**ALL, "month": month}))
    return {(cell["person"], cell["workDate"]): cell for cell in cells}


def compare(told: RotaFile, people: Sequence[Any], cells: Mapping[tuple[str, str], Any], language: Language) -> Changes:
    """Hold a file against what is published."""
    changes, faults, kept = [], list(told.faults), 0
    seen: dict[str, int] = {}
    for row in told.rows:
        person = _person(row, people, seen, faults, language)
        if person is None:
            continue
        kept += sum(1 for day in told.columns if day not in row.words and (person["name"], day) in cells)
        for change in _changes(told, row, person, cells):
            if change.word != OWN_PATTERN:
                changes.append(change)
            elif not (change.published or {}).get("shiftPattern"):
                faults.append(NOT_PUBLISHED.show(language).format(place=change.place))
    return Changes(changes, faults, kept)


def _changes(told: RotaFile, row: Row, person: Tree, cells: Mapping[tuple[str, str], Any]) -> Iterator[Change]:
    """Yield the cells of a row that say something else than what is published."""
    for day, word in row.words.items():
        cell = cells.get((person["name"], day))
        nothing_to_do = word == BACK and cell is None
        same = cell is not None and cell["code"] == word and not cell["shiftPattern"]
        if not (nothing_to_do or same):
            yield Change(told.place(row.number, day), person, day, word, cell)


def _person(row: Row, people: Sequence[Any], seen: dict[str, int], faults: list[str], language: Language) -> Any | None:
    """Return who a row is about, by number, login or name; else a fault is added."""
    who = row.who[0] if row.who else ""
    for key in ("number", "login", "displayName"):
        found = [one for one in people if who and one.get(key) == who]
        if len(found) == 1 and found[0]["name"] not in seen:
            seen[found[0]["name"]] = row.number
            return found[0]
        if found:
            said = TWICE if len(found) == 1 else SEVERAL
            first = seen.get(found[0]["name"], 0)
            faults.append(said.show(language).format(row=row.number, who=who, first=first))
            return None
    faults.append((UNKNOWN if who else NAMELESS).show(language).format(row=row.number, who=who))
    return None
