"""Swaps that wait for somebody: those they were asked for, and those that wait for their consent as a head (HRS-2)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bylaw.attendance.v1 import swaps_pb2
from werkzeug.exceptions import NotFound

from bylaw_console.desk import Desk

AT_MOST = 100
ANSWERS: Mapping[str, Callable[..., Any]] = {
    "agree": swaps_pb2.AgreeRotaSwapRequest,
    "decline": swaps_pb2.WithdrawRotaSwapRequest,
    "consent": swaps_pb2.ConsentRotaSwapRequest,
    "refuse": swaps_pb2.RefuseRotaSwapRequest,
}
"""What each deed calls."""


@dataclass(frozen=True, slots=True)
class AskedSwap:
    """One of them. `yes` and `no` are the deeds that answer it; a head's refusal takes a text along."""

    swap: swaps_pb2.RotaSwap
    days: str
    yes: str
    no: str
    has_text: bool


def asked_swaps(desk: Desk) -> list[AskedSwap]:
    """Those that whoever is signed in may answer; the service decides when they do."""
    if not desk.may("attendance.swaps.read"):
        return []
    wish = swaps_pb2.ListRotaSwapsRequest(page_size=AT_MOST)
    found = desk.ask_or(swaps_pb2.ListRotaSwapsResponse(), wish).rota_swaps
    return [_asked(one, desk) for one in found if _is_mine(one, desk) or _waits_for_consent(one, desk)]


def answer_of(desk: Desk) -> Any:
    """The call by which a form answers one; NotFound where there is no such deed."""
    deed = desk.field("deed")
    if deed not in ANSWERS:
        raise NotFound
    wish = ANSWERS[deed](name=desk.field("name"), etag=desk.field("etag"), request_id=desk.request_id)
    if deed == "refuse":
        wish.text = desk.field("text")
    return wish


def _asked(one: swaps_pb2.RotaSwap, desk: Desk) -> AskedSwap:
    days = " ".join(map(desk.day, one.work_dates))
    if _is_mine(one, desk):
        return AskedSwap(one, days, "agree", "decline", has_text=False)
    return AskedSwap(one, days, "consent", "refuse", has_text=True)


def _is_mine(one: swaps_pb2.RotaSwap, desk: Desk) -> bool:
    return one.state == swaps_pb2.ROTA_SWAP_STATE_ASKED and one.other_person == desk.me.person


def _waits_for_consent(one: swaps_pb2.RotaSwap, desk: Desk) -> bool:
    if one.state != swaps_pb2.ROTA_SWAP_STATE_AGREED or not desk.may("attendance.swaps.decide"):
        return False
    gave = {one.consent.consented_by, one.other_consent.consented_by}
    return desk.me.person not in {one.person, one.other_person, *gave}
