"""What a careful client would put into a field of this name, out of what is on record."""

import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any

COLLECTIONS = {
    "person": "people",
    "unit": "units",
    "site": "sites",
    "position": "positions",
    "grant": "grants",
    "role": "roles",
    "clock": "clocks",
    "shiftPattern": "shiftPatterns",
    "patternAssignment": "patternAssignments",
    "punchImport": "punchImports",
}
"""The collections whose things the description's path parameters name."""

KEPT_BY_THE_SERVICE = {"name", "etag", "head", "instant", "utcOffsetMinutes", "source", "receiveTime", "requestId"}
"""Members that a body may show but that nobody writes."""

_ALSO_CALLED = {"subject": "person", "parent": "unit", "head": "person"}
_DAYS = ("2026-11-02", "2026-10-15", "2026-09-01", "2027-01-01")


class SoundValues:
    """Picks values by the name of the field they are for."""

    def __init__(self, names: Mapping[str, Sequence[str]], dice: random.Random) -> None:
        self._names, self._dice = names, dice
        self._by_name: Mapping[str, Callable[[], str]] = {
            "code": self._code,
            "number": self._code,
            "login": self._code,
            "zh": lambda: "测试",
            "en": lambda: "Trial",
            "displayName": lambda: "王小明",
            "timeZone": lambda: "Asia/Shanghai",
            "calendar": lambda: dice.choice(["CN", "NONE"]),
            "employeeNumber": lambda: dice.choice(["1016", "1004", "1014"]),
            "localTime": lambda: f"{dice.choice(_DAYS[:3])} 1{dice.randint(0, 9)}:{dice.randint(10, 59)}:00",
            "newPassword": lambda: f"long enough {dice.randint(1, 10**9)}",
            "month": lambda: dice.choice(["2026-11", "2026-10", "2015-02"]),
        }

    def of(self, field: str) -> str:
        """A text for a field; something harmless where its name says nothing."""
        if field in self._by_name:
            return self._by_name[field]()
        if field.lower().endswith("date"):
            return self._dice.choice(_DAYS)
        kind = _ALSO_CALLED.get(field, field)
        if self._names.get(kind) and kind in COLLECTIONS:
            return f"{COLLECTIONS[kind]}/{self._dice.choice(self._names[kind])}"
        return ""

    def segment(self, parameter: str) -> str:
        """A segment of a path; one that nothing has where nothing of the kind is on record."""
        return self._dice.choice(self._names.get(parameter) or ["none"])

    def _code(self) -> str:
        return f"T{self._dice.randint(1, 10**9)}"


def known_names(client: Any) -> dict[str, list[str]]:
    """The ids that are on record, by what the description calls them; hands a file in, for an import to be known."""
    kinds = {collection: kind for kind, collection in COLLECTIONS.items() if kind != "punchImport"}
    found = {
        kind: [row["name"].partition("/")[2] for row in client.get(f"/v1/{collection}")[collection]]
        for collection, kind in kinds.items()
    }
    handed_in = client.import_punches(b"employee_number,local_time\n1016,2026-09-01 08:21:00\n", site="HQ")
    found["punchImport"] = [handed_in["name"].partition("/")[2]]
    return {**found, "sheet": ["2026-11", "2026-10", "2015-01"], "clause": ["ATT-1", "SEC-1"]}
