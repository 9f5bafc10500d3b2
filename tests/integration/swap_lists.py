"""Swaps of the rota, as a caller walks them and asks about them."""

from collections.abc import Callable
from typing import Any

from bylaw.attendance.v1 import swaps_pb2 as swaps
from google.protobuf.message import Message

from tests.builders.attendance import AttendanceService
from tests.builders.rota_swaps import swaps_of
from tests.integration.lists import Listing, Walk

Question = tuple[Callable[..., Any], Message]


def of_swaps(attendance: AttendanceService) -> Listing:
    """Everybody's swaps, each with its single read."""
    stub, request = swaps_of(attendance), swaps.GetRotaSwapRequest
    return Listing(
        Walk(stub.ListRotaSwaps, swaps.ListRotaSwapsRequest(), "rota_swaps"),
        lambda reads, thing: reads.read(stub.GetRotaSwap, request(name=thing.name)),
    )


def about_a_swap(attendance: AttendanceService, name: str) -> list[Question]:
    """Reading it, and consenting to a version that there never was."""
    stub, consent = swaps_of(attendance), swaps.ConsentRotaSwapRequest(name=name, etag="never")
    return [(stub.GetRotaSwap, swaps.GetRotaSwapRequest(name=name)), (stub.ConsentRotaSwap, consent)]
