"""Visits as messages of the contract."""

from typing import Any

from bylaw.inventory.v1 import visits_pb2
from bylaw_chassis.caller import caller_by_key
from bylaw_chassis.values import resource_name

from bylaw_inventory.messages.values import timestamp
from bylaw_inventory.rules.goods.place import WAREHOUSES
from bylaw_inventory.rules.visits.visit import Visit, VisitEntry


def visit_message(made: Visit) -> Any:
    """A visit, and who it was."""
    who, message = made.visitor, written_message(made)
    message.person, message.visitor_name = resource_name("people", who.person), who.name
    message.company, message.purpose, message.host = who.company, who.purpose, resource_name("people", who.host)
    struck = {one.strikes: one for one in made.entries if one.strikes}
    message.entries.extend(_entry_message(one, struck.get(one.identifier)) for one in made.entries if not one.strikes)
    return message


def written_message(made: Visit) -> Any:
    """A visit without who it was, as writes answer: an answer is kept for a repeat, and would keep the name."""
    return visits_pb2.Visit(
        name=made.name,
        warehouse=resource_name(WAREHOUSES, made.warehouse),
        in_time=timestamp(made.in_at),
        out_time=timestamp(made.out_at),
        struck_out=made.struck_out,
        forget_time=timestamp(made.forgotten_at),
    )


def _entry_message(made: VisitEntry, strike: VisitEntry | None) -> Any:
    return visits_pb2.VisitEntry(
        side=visits_pb2.VisitSide.ValueType(made.side),
        time=timestamp(made.at),
        record_time=timestamp(made.recorded_at),
        recorded_by=_person(made.recorded_by),
        strike_time=timestamp(strike.recorded_at) if strike else None,
        struck_by=_person(strike.recorded_by) if strike else "",
        strike_reason=strike.reason if strike else "",
    )


def _person(key: str) -> str:
    return resource_name("people", caller_by_key(key).person)
