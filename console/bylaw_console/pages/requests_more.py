"""Asking for a missed punch, or a swap of days (ATT-1, HRS-2)."""

from bylaw.attendance.v1 import corrections_pb2, punches_pb2, swaps_pb2
from flask import Response

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk
from bylaw_console.routes import get, post

CORRECTION = ("attendance.corrections.create",)
SWAP = ("attendance.swaps.create",)
WAYS = {"in": punches_pb2.DIRECTION_IN, "out": punches_pb2.DIRECTION_OUT}


def ask_correction(desk: Desk) -> Response:
    """The form for a punch that was missed."""
    return desk.render("correction_ask.html", day=desk.args.get("day", ""), direction=desk.args.get("way", ""))


def send_correction(desk: Desk) -> Response:
    """Ask that a punch be taken as made."""
    wish = corrections_pb2.PunchCorrection(
        local_time=f"{desk.field('day')} {desk.field('time')}",
        direction=WAYS.get(desk.field("direction"), punches_pb2.DIRECTION_UNSPECIFIED),
        reason=desk.field("reason"),
        evidence=desk.field("evidence"),
    )
    try:
        desk.ask(corrections_pb2.CreatePunchCorrectionRequest(punch_correction=wish, request_id=desk.request_id))
    except Refusal as refusal:
        return desk.render_again("correction_ask.html", refusal, day="", direction="")
    return desk.go("/requests?kind=correction", said="correction.sent")


def ask_swap(desk: Desk) -> Response:
    """The form for exchanging days with somebody."""
    return desk.render("swap_ask.html", day=desk.args.get("day", ""))


def send_swap(desk: Desk) -> Response:
    """Ask somebody to exchange days."""
    wish = swaps_pb2.RotaSwap(
        other_employee_number=desk.field("other_employee_number"),
        work_dates=[day for day in (desk.field("day_1"), desk.field("day_2"), desk.field("day_3")) if day],
        reason=desk.field("reason"),
    )
    try:
        desk.ask(swaps_pb2.CreateRotaSwapRequest(rota_swap=wish, request_id=desk.request_id))
    except Refusal as refusal:
        return desk.render_again("swap_ask.html", refusal, day="")
    return desk.go("/requests?kind=swap", said="swap.sent")


ROUTES = (
    get("/requests/correction", ask_correction, needs=CORRECTION),
    post("/requests/correction", send_correction, needs=CORRECTION),
    get("/requests/swap", ask_swap, needs=SWAP),
    post("/requests/swap", send_swap, needs=SWAP),
)
