"""What was typed that no message holds as it is: amounts, instants, numbers, choices; each fault with its field."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bylaw_gateway.problems import Problem, title_of
from google.protobuf.timestamp_pb2 import Timestamp

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk
from bylaw_console.selling.money import smallest_of

BAD_REQUEST = 400


class Typed:
    """Reads fields one after the other; `check` then refuses with all that is wrong."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._faults = desk, list[dict[str, str]]()

    def amount(self, name: str, currency: str) -> int:
        """Money in the smallest unit; 0 where nothing was typed."""
        text = self._desk.field(name)
        if not text:
            return 0
        try:
            found = smallest_of(text, currency)
        except ValueError:
            return self._fault(name, "typed.amount")
        return int(found) if found == int(found) else self._fault(name, "typed.amount")

    def price(self, name: str, currency: str) -> str:
        """The price of one, which may be finer than the smallest unit; empty where nothing was typed."""
        text = self._desk.field(name)
        try:
            return f"{smallest_of(text, currency).normalize():f}" if text else ""
        except ValueError:
            self._fault(name, "typed.amount")
            return ""

    def whole(self, name: str) -> int:
        """A whole number; 0 where nothing was typed."""
        text = self._desk.field(name)
        if not text:
            return 0
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else self._fault(name, "typed.whole")

    def instant(self, name: str) -> Timestamp | None:
        """An instant of this site's clocks; None where nothing was typed."""
        text = self._desk.field(name)
        if not text:
            return None
        try:
            local = datetime.fromisoformat(text)
        except ValueError:
            self._fault(name, "typed.instant")
            return None
        return stamp(local.replace(tzinfo=ZoneInfo(self._desk.zone)))

    def needs(self, name: str) -> str:
        """Text that must not be missing."""
        text = self._desk.field(name)
        if not text:
            self._fault(name, "typed.missing")
        return text

    def check(self) -> None:
        """Raises `Refusal` if anything was wrong."""
        if self._faults:
            detail, title = self._desk.t("typed.faulty"), title_of(BAD_REQUEST, self._desk.language)
            trace = self._desk.visitor.trace_id
            raise Refusal(Problem(BAD_REQUEST, title, detail, "FIELD_INVALID", trace, errors=self._faults))

    def _fault(self, name: str, key: str) -> int:
        self._faults.append({"field": name, "reason": "FIELD_INVALID", "detail": self._desk.t(key)})
        return 0


def chosen(kind: Any, name: str) -> Any:
    """The value of an enumeration by its name; the one that says nothing where there is none of that name."""
    return kind.Value(name) if name in kind.keys() else 0  # noqa: SIM118 - no dict


def stamp(moment: datetime) -> Timestamp:
    """An instant as the contract holds it."""
    made = Timestamp()
    made.FromDatetime(moment)
    return made


def day_starts(desk: Desk, text: str, *, days: int = 0) -> Timestamp | None:
    """When a day `YYYY-MM-DD` begins at this site, or one some days later; None where none is given."""
    try:
        first = datetime.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
    if first is None:
        return None
    later = datetime.fromordinal(first.toordinal() + days)
    return stamp(later.replace(tzinfo=ZoneInfo(desk.zone)))
