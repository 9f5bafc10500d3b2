"""What became of many wishes as messages of the contract: of each its reservation, or why it was refused."""

from collections.abc import Iterable
from typing import Any

from bylaw.inventory.v1 import reservations_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.refusals import Refusal
from bylaw_chassis.refused_wishes import refused_wish

from bylaw_inventory.messages.stock import reservation_message
from bylaw_inventory.rules.reserving.reservation import Reservation


def result_messages(call: Call, done: Iterable[Reservation | Refusal], names: Iterable[str]) -> list[Any]:
    """One for each; `names` are those of what each was about, as they were written."""
    return [_result(call, outcome, name) for outcome, name in zip(done, names, strict=True)]


def _result(call: Call, outcome: Reservation | Refusal, name: str) -> Any:
    if isinstance(outcome, Refusal):
        return reservations_pb2.StockReservationResult(refusal=refused_wish(call, outcome, name))
    return reservations_pb2.StockReservationResult(stock_reservation=reservation_message(outcome))
