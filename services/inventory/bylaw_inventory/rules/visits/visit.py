"""A visit: in, out, and what was struck out (WHS-10)."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.values import resource_name

from bylaw_inventory.rules.visits.refusals import (
    OutBeforeIn,
    VisitForgotten,
    VisitNotOut,
    VisitNotYet,
    VisitOutStands,
    VisitOver,
    VisitStruckOut,
)

VISITS = "visits"


class Side(IntEnum):
    """Which way somebody went; the numbers are those of the contract."""

    IN = 1
    OUT = 2


class Visitor(NamedTuple):
    """Who came: somebody of the house, or a visitor by name; what for, and who let them in."""

    person: UUID | None
    name: str
    company: str
    purpose: str
    host: UUID | None


class VisitEntry(NamedTuple):
    """An entry of the register; `strikes` is nothing where it says that somebody went in or out."""

    identifier: UUID
    side: Side
    at: datetime
    strikes: UUID | None
    recorded_at: datetime
    recorded_by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit as its entries leave it; `out_at` is nothing while they are inside."""

    identifier: UUID
    warehouse: UUID
    visitor: Visitor
    in_at: datetime
    out_at: datetime | None = None
    struck_out: bool = False
    forgotten_at: datetime | None = None
    entries: tuple[VisitEntry, ...] = ()

    @property
    def name(self) -> str:
        """`visits/{visit}`."""
        return resource_name(VISITS, self.identifier)

    def standing(self, side: Side) -> VisitEntry:
        """Its entry of a side that nothing strikes out; there is one wherever the visit says so."""
        struck = {one.strikes for one in self.entries}
        return next(
            one for one in self.entries if one.side is side and not one.strikes and one.identifier not in struck
        )


def check_past(at: datetime, now: datetime) -> None:
    """Refuses VISIT_NOT_YET (WHS-10)."""
    if at > now:
        raise VisitNotYet


def left(visit: Visit, at: datetime) -> Visit:
    """The visit over; refuses VISIT_STRUCK_OUT, VISIT_OVER and OUT_BEFORE_IN (WHS-10)."""
    if visit.struck_out:
        raise VisitStruckOut
    if visit.out_at:
        raise VisitOver
    if at < visit.in_at:
        raise OutBeforeIn
    return replace(visit, out_at=at)


def without(visit: Visit, side: Side) -> Visit:
    """The visit without its entry of a side (WHS-10).

    Refuses VISIT_FORGOTTEN, VISIT_STRUCK_OUT, VISIT_NOT_OUT and VISIT_OUT_STANDS.
    """
    if visit.forgotten_at:
        raise VisitForgotten
    if visit.struck_out:
        raise VisitStruckOut
    if side is Side.OUT:
        if visit.out_at is None:
            raise VisitNotOut
        return replace(visit, out_at=None)
    if visit.out_at:
        raise VisitOutStands
    return replace(visit, struck_out=True)
