"""What a stocktake found: each difference with cause, person and proposal, signed and sent for decision (WHS-6)."""

from collections.abc import Mapping
from typing import Any

from bylaw.inventory.v1 import stocktakes_pb2
from bylaw.people.v1 import staff_pb2
from flask import Response

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk, path_of
from bylaw_console.routes import get, post
from bylaw_console.shelves import PAGE, Shelves, as_file, every, in_warehouse, one_of, tail

SETTLE = ("inventory.stocktakes.settle",)
PROPOSALS = tuple(
    name for name in stocktakes_pb2.StocktakeProposal.DESCRIPTOR.values_by_name if not name.endswith("UNSPECIFIED")
)
FORMATS = {"csv": stocktakes_pb2.STOCKTAKE_FORMAT_CSV, "xlsx": stocktakes_pb2.STOCKTAKE_FORMAT_XLSX}


def show_result(desk: Desk, shelves: Shelves, found: Any, refusal: Refusal | None = None) -> Response:
    """The page of a stocktake whose counting is over."""
    wish = stocktakes_pb2.ListStocktakeDifferencesRequest(parent=found.name, page_size=PAGE)
    differences = every(desk, wish, "differences")
    shelves.learn(one.item for one in differences)
    signed = {found.keeper_signature.person, found.finance_signature.person} - {""}
    people = desk.who(found.keeper, found.finance, *(one.responsible for one in differences))
    values = {
        "shelves": shelves,
        "stocktake": found,
        "id": tail(found.name),
        "differences": differences,
        "explaining": found.state == stocktakes_pb2.STOCKTAKE_STATE_EXPLAINING,
        "submitted": found.state == stocktakes_pb2.STOCKTAKE_STATE_SUBMITTED,
        "blocked": found.state == stocktakes_pb2.STOCKTAKE_STATE_BLOCKED,
        "is_party": desk.me.person in {found.keeper, found.finance},
        "is_signed": desk.me.person in signed,
        "are_signed": {found.keeper, found.finance} == signed,
        "proposals": [(one, desk.t(f"StocktakeProposal.{one}")) for one in PROPOSALS],
        "proposal_names": {value: name for name, value in stocktakes_pb2.StocktakeProposal.items()},
        "people": people,
        "responsible": _choices(desk, found, people),
    }
    return desk.show("stocktake_result.html", refusal, **values)


def _choices(desk: Desk, found: Any, people: Mapping[str, str]) -> list[tuple[str, str]]:
    """Who may be responsible: the two who count first, then whoever is within reach."""
    names = {name: people.get(name, desk.t("frame.somebody")) for name in (found.keeper, found.finance) if name}
    if desk.may("people.staff.read"):
        wish = staff_pb2.ListPeopleRequest(page_size=200)
        seen = desk.ask_or(staff_pb2.ListPeopleResponse(), wish).people
        names |= {one.name: one.display_name for one in seen}
    return list(names.items())


@in_warehouse
def explain(desk: Desk, shelves: Shelves, stocktake: str) -> Response:
    """Say of each difference why, who is responsible and what is proposed; and a report on the whole."""
    explanations = [
        stocktakes_pb2.StocktakeExplanation(
            difference=difference,
            cause=desk.field(f"cause{row}"),
            responsible=desk.field(f"responsible{row}"),
            proposal=one_of(desk.field(f"proposal{row}"), PROPOSALS),
            report=desk.field(f"report{row}"),
        )
        for row, difference in enumerate(desk.form.getlist("difference"))
    ]
    wish = stocktakes_pb2.ExplainStocktakeRequest(
        name=f"stocktakes/{stocktake}",
        explanations=explanations,
        report=desk.field("report"),
        request_id=desk.request_id,
    )
    return _done(desk, shelves, stocktake, wish, "results.explained")


@in_warehouse
def sign(desk: Desk, shelves: Shelves, stocktake: str) -> Response:
    """Sign the result that was seen."""
    wish = stocktakes_pb2.SignStocktakeRequest(
        name=f"stocktakes/{stocktake}", etag=desk.field("etag"), request_id=desk.request_id
    )
    return _done(desk, shelves, stocktake, wish, "results.signed_now")


@in_warehouse
def submit(desk: Desk, shelves: Shelves, stocktake: str) -> Response:
    """Send it for decision."""
    wish = stocktakes_pb2.SubmitStocktakeRequest(name=f"stocktakes/{stocktake}", request_id=desk.request_id)
    return _done(desk, shelves, stocktake, wish, "results.submitted_now")


@in_warehouse
def withdraw(desk: Desk, shelves: Shelves, stocktake: str) -> Response:
    """Take it back before it is decided."""
    wish = stocktakes_pb2.WithdrawStocktakeRequest(name=f"stocktakes/{stocktake}", request_id=desk.request_id)
    return _done(desk, shelves, stocktake, wish, "results.withdrawn")


@in_warehouse
def book(desk: Desk, shelves: Shelves, stocktake: str) -> Response:
    """Book what was approved and could not be booked at once."""
    wish = stocktakes_pb2.BookStocktakeRequest(name=f"stocktakes/{stocktake}", request_id=desk.request_id)
    return _done(desk, shelves, stocktake, wish, "results.booked")


def _done(desk: Desk, shelves: Shelves, stocktake: str, wish: Any, said: str) -> Response:
    try:
        desk.ask(wish)
    except Refusal as refusal:
        found = desk.ask(stocktakes_pb2.GetStocktakeRequest(name=f"stocktakes/{stocktake}"))
        return show_result(desk, shelves, found, refusal)
    return desk.go(path_of("stocktakes", stocktake), said=said)


def file(desk: Desk, stocktake: str, form: str) -> Response:
    """The report as a file."""
    if form not in FORMATS:
        return desk.render("not_there.html", 404)
    wish = stocktakes_pb2.ExportStocktakeRequest(name=f"stocktakes/{stocktake}", format=FORMATS[form])
    found = desk.ask(wish)
    return as_file(found.data, found.content_type, f"stocktake-{stocktake[:8]}.{form}")


OF = "/stocktakes/<stocktake>"
ROUTES = (
    post(f"{OF}/explain", explain, needs=SETTLE),
    post(f"{OF}/sign", sign, needs=SETTLE),
    post(f"{OF}/submit", submit, needs=SETTLE),
    post(f"{OF}/withdraw", withdraw, needs=SETTLE),
    post(f"{OF}/book", book, needs=SETTLE),
    get(f"{OF}/report.<form>", file, needs=("inventory.stocktakes.read",)),
)
