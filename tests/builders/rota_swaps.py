"""Swaps of the rota as tests ask for them and move them on."""

from collections.abc import Sequence
from typing import Any

from bylaw.attendance.v1 import swaps_pb2 as swaps
from bylaw.attendance.v1 import swaps_pb2_grpc
from bylaw_chassis.caller import Scope

from tests.builders.attendance import BY_ROTA, AttendanceService, cell


def swaps_of(attendance: AttendanceService) -> swaps_pb2_grpc.RotaSwapsStub:
    """The calls about swaps."""
    return swaps_pb2_grpc.RotaSwapsStub(attendance.channel)


def swap_asked(attendance: AttendanceService, person: str, other: str, *days: str, reason: str = "x") -> swaps.RotaSwap:
    """Asks, as the person, to exchange these days with another."""
    wish = swaps.RotaSwap(other_person=other, work_dates=days, reason=reason)
    request = swaps.CreateRotaSwapRequest(rota_swap=wish)
    return swaps_of(attendance).CreateRotaSwap(request, metadata=attendance.caller(Scope.SELF, person=person))


def rest_swap_asked(attendance: AttendanceService, unit: str, pair: Sequence[str], day: int) -> swaps.RotaSwap:
    """Asks, as the first of two, for a day of rest in April that the other is given for it."""
    asker, other = pair
    attendance.publish(unit, cell(other, f"2026-04-{day:02}", "rest", pattern=BY_ROTA))
    return swap_asked(attendance, asker, other, f"2026-04-{day:02}")


def agreed(attendance: AttendanceService, swap: swaps.RotaSwap, person: str, etag: str = "") -> swaps.RotaSwap:
    """Agrees, as a person, to a swap."""
    request = swaps.AgreeRotaSwapRequest(name=swap.name, etag=etag)
    return swaps_of(attendance).AgreeRotaSwap(request, metadata=attendance.caller(Scope.SELF, person=person))


def consented(attendance: AttendanceService, swap: swaps.RotaSwap, head: Any, etag: str = "") -> swaps.RotaSwap:
    """Consents to a swap as a head."""
    return swaps_of(attendance).ConsentRotaSwap(swaps.ConsentRotaSwapRequest(name=swap.name, etag=etag), metadata=head)
