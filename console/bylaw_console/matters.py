"""What is to be decided, as people read it: the kind, a line of what it is about, its facts and its amount in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bylaw.people.v1 import decisions_pb2

from bylaw_console.desk import Desk

MARKS = {
    decisions_pb2.DECISION_STATE_WAITING: "leave",
    decisions_pb2.DECISION_STATE_SENT_BACK: "late",
    decisions_pb2.DECISION_STATE_AGREED: "good",
    decisions_pb2.DECISION_STATE_REFUSED: "missing",
}
HIDDEN = ("kind", "balance")
"""Facts that say again, for programs, what another one says in words."""


@dataclass(frozen=True, slots=True)
class Matter:
    """A decision in a list. `seen` is what an answer to it needs: its name, the step and the version that were seen."""

    decision: Any
    kind: str
    gist: str
    amount: str
    mark: str
    address: str
    seen: str

    @property
    def title(self) -> str:
        """Kind and gist."""
        return f"{self.kind} {self.gist}".strip()


def matter_of(one: decisions_pb2.Decision, desk: Desk) -> Matter:
    """A decision as a row."""
    identity = one.name.rpartition("/")[2]
    return Matter(
        decision=one,
        kind=kind_of(one.kind, desk),
        gist=_gist(one, desk),
        amount=amount_of(one, desk),
        mark=MARKS.get(one.state, "plain"),
        address=f"/inbox/{identity}",
        seen=f"{identity} {one.step} {one.etag}",
    )


def kind_of(kind: str, desk: Desk) -> str:
    """What a kind of decision is called; a company's own kind by its code."""
    return _word("matter.", kind, desk, kind)


def facts_of(one: decisions_pb2.Decision, desk: Desk) -> list[tuple[str, str]]:
    """The facts in words, by name and value; people by resource name, for the page to name."""
    return [
        (_word("fact.", fact.key, desk, fact.key.replace("_", " ")), _value(fact, desk))
        for fact in one.facts
        if fact.key not in HIDDEN and _is_for_people(fact.value)
    ]


def people_of(one: decisions_pb2.Decision) -> Iterator[str]:
    """Everybody whom a decision names."""
    yield one.requester
    yield one.decided_by
    yield from (fact.value for fact in one.facts)
    for step in one.steps:
        for seat in step.seats:
            for asked in seat.asked:
                yield from (asked.person, asked.in_place_of)
    for answer in one.answers:
        yield from (answer.person, answer.in_place_of)


def amount_of(one: Any, desk: Desk) -> str:
    """How much it is about; empty where that is not stated."""
    match one.WhichOneof("amount"):
        case "money":
            return f"{one.money.minor_units / 100:,.2f} {one.money.currency}"
        case "quantity":
            unit = _word("measure.", one.quantity.unit, desk, one.quantity.unit)
            return f"{one.quantity.value} {unit}"
        case _:
            return ""


def _gist(one: decisions_pb2.Decision, desk: Desk) -> str:
    facts = {fact.key: fact.value for fact in one.facts}
    if "start_date" in facts:
        first, last = desk.day(facts["start_date"]), desk.day(facts.get("end_date") or facts["start_date"])
        span = first if first == last else f"{first} – {last}"
        return f"{_either(facts.get('title', ''), desk)} {span}".strip()
    if "work_date" in facts:
        return f"{desk.day(facts['work_date'])} {facts.get('hours', '')}".strip()
    return _either(one.text.partition("\n")[0], desk)


def _value(fact: decisions_pb2.DecisionFact, desk: Desk) -> str:
    if fact.key.endswith("_date"):
        return desk.full_day(fact.value)
    if fact.key.endswith("minutes") and fact.value.lstrip("-").isdigit():
        return desk.minutes(int(fact.value))
    if fact.key == "percent":
        return f"{fact.value}%"
    return _word("fact_value.", fact.value, desk, _either(fact.value, desk))


def _either(text: str, desk: Desk) -> str:
    """A text that holds both languages, `中文 / English`, in that of the page; any other as it is."""
    zh, found, en = text.partition(" / ")
    if not found or " / " in en or zh.isascii() or not en.isascii():
        return text
    return zh if desk.language == "zh" else en


def _is_for_people(value: str) -> bool:
    return "/" not in value or " " in value or value.startswith("people/")


def _word(begun: str, name: str, desk: Desk, otherwise: str) -> str:
    key = begun + name
    return desk.t(key) if key in desk.tools.words else otherwise
