"""Files of orders: handed in, followed while they are read, what became of each line, the refused ones back (ORD-1)."""

from typing import Any

from bylaw.orders.v1 import order_imports_pb2, orders_pb2
from bylaw_chassis.files.refused import FileRefused
from flask import Response
from google.api import httpbody_pb2

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk
from bylaw_console.routes import get, post
from bylaw_console.selling.channels import Channels
from bylaw_console.selling.faults import renamed
from bylaw_console.selling.gathering import gather
from bylaw_console.selling.refused_lines import cut
from bylaw_console.selling.rows_file import download
from bylaw_console.selling.showing import id_of
from bylaw_console.selling.typed import Typed, chosen

READ, CREATE = ("orders.imports.read",), ("orders.imports.create",)
LARGEST_BYTES = 66 * 1024 * 1024
"""Two files of 32 MiB, and the form around them."""
RUNNING = {order_imports_pb2.ORDER_IMPORT_STATE_WAITING, order_imports_pb2.ORDER_IMPORT_STATE_RUNNING}
MARKS = {
    order_imports_pb2.ORDER_IMPORT_STATE_DONE: "good",
    order_imports_pb2.ORDER_IMPORT_STATE_REFUSED: "missing",
    order_imports_pb2.ORDER_IMPORT_STATE_FAILED: "missing",
}
FIELDS = {"parent": "channel", "data": "file", "file_name": "file", "content_type": "file"}
COUNTS = ("taken", "held", "updated", "repeated", "refused")
MOST_REFUSED, MOST_IMPORTERS, LINES = 100_000, 100, 1000
REFUSED = orders_pb2.TAKING_OUTCOME_REFUSED


def imports(desk: Desk) -> Response:
    """The imports, newest first, and the form that hands a file in."""
    return desk.render("imports.html", **_list(desk))


def hand_in(desk: Desk) -> Response:
    """Hand one file in, or two that belong together."""
    typed = Typed(desk)
    files = [file for file in (desk.file("file"), desk.file("second")) if file is not None]
    try:
        if not files:
            typed.needs("file")
        typed.check()
        contents = tuple(file.read() for file in files)
        made = _handed_in(desk, [file.filename or "" for file in files], contents)
    except Refusal as refusal:
        return desk.render_again("imports.html", renamed(refusal, FIELDS), **_list(desk))
    if desk.field("validate_only"):
        return desk.render("imports.html", **{**_list(desk), "tried": made})
    return desk.go(f"/imports/{id_of(made.name)}")


def job(desk: Desk, job: str) -> Response:
    """How far an import is, and what became of its lines."""
    return desk.render("import.html", **_job(desk, job))


def add_file(desk: Desk, job: str) -> Response:
    """Hand in the further file that an import waits for."""
    file = desk.file("file")
    content = file.read() if file else b""
    wish = order_imports_pb2.AddOrderImportFileRequest(
        file=_body(content),
        name=f"orderImports/{job}",
        file_name=(file.filename or "")[:200] if file else "",
        request_id=desk.request_id,
    )
    try:
        desk.ask(wish)
    except Refusal as refusal:
        return desk.render_again("import.html", renamed(refusal, FIELDS), **_job(desk, job))
    return desk.go(f"/imports/{job}")


def refused_lines(desk: Desk, job: str, file: str) -> Response:
    """Exactly the lines of a file that were refused, under its heading; it is chosen once more, for it is not kept."""
    chosen = desk.file("again")
    return _cut(desk, job, _number(file), chosen.read() if chosen else b"")


def _cut(desk: Desk, job: str, number: int, content: bytes) -> Response:
    name = f"orderImports/{job}"
    wish = order_imports_pb2.ListOrderImportLinesRequest(parent=name, outcome=REFUSED)
    refused = {line.line for line in gather(desk, wish, "lines", MOST_REFUSED) if line.file == number}
    early = desk.ask(order_imports_pb2.ListOrderImportLinesRequest(parent=name, page_size=LINES)).lines
    first = min([*refused, *(line.line for line in early if line.file == number)], default=1)
    called = desk.ask(order_imports_pb2.GetOrderImportRequest(name=name)).file_names[number - 1 :][:1]
    try:
        rows = cut(content, refused, first)
    except FileRefused:
        return desk.go(f"/imports/{job}", said="imports.not_that_file")
    stem = called[0].rpartition(".")[0] or called[0] if called else job
    return download(f"{stem}-{desk.t('imports.refused_file')}.csv", rows, "text/csv; charset=utf-8")


def _handed_in(desk: Desk, names: list[str], contents: tuple[bytes, ...]) -> order_imports_pb2.OrderImport:
    only, several = bool(desk.field("validate_only")), len(names) > 1
    wish = order_imports_pb2.CreateOrderImportRequest(
        file=_body(contents[0]),
        parent=desk.field("channel"),
        file_name=names[0][:200],
        importer=desk.field("importer"),
        time_zone=desk.field("time_zone"),
        more_files=several,
        validate_only=only and not several,
        request_id=desk.request_id,
    )
    made: order_imports_pb2.OrderImport = desk.ask(wish)
    for name, content in zip(names[1:], contents[1:], strict=True):
        further = order_imports_pb2.AddOrderImportFileRequest(
            file=_body(content),
            name=made.name,
            file_name=name[:200],
            validate_only=only,
            request_id=f"{desk.request_id}-2",
        )
        made = desk.ask(further)
    return made


def _list(desk: Desk) -> dict[str, Any]:
    wish = order_imports_pb2.ListOrderImportsRequest(page_size=desk.rows, page_token=desk.args.get("page", ""))
    found = desk.ask(wish)
    importers = desk.ask(order_imports_pb2.ListOrderImportersRequest(page_size=MOST_IMPORTERS)).order_importers
    return {
        "imports": [(one, id_of(one.name), MARKS.get(one.state, "late")) for one in found.order_imports],
        "following": found.next_page_token,
        "channels": Channels(desk),
        "importers": [("", desk.t("imports.recognise")), *((one.importer, desk.text(one.title)) for one in importers)],
        "tried": None,
    }


def _job(desk: Desk, job: str) -> dict[str, Any]:
    name = f"orderImports/{job}"
    found = desk.ask(order_imports_pb2.GetOrderImportRequest(name=name))
    wished = desk.args.get("outcome", "TAKING_OUTCOME_REFUSED" if found.refused_count else "")
    wish = order_imports_pb2.ListOrderImportLinesRequest(
        parent=name,
        outcome=chosen(orders_pb2.TakingOutcome, wished),
        page_size=desk.rows,
        page_token=desk.args.get("page", ""),
    )
    lines = desk.ask(wish)
    return {
        "job": found,
        "id": job,
        "mark": MARKS.get(found.state, "late"),
        "is_running": found.state in RUNNING,
        "is_waiting": found.state == order_imports_pb2.ORDER_IMPORT_STATE_FILE_AWAITED,
        "counts": [(one, getattr(found, f"{one}_count"), f"TAKING_OUTCOME_{one.upper()}") for one in COUNTS],
        "lines": [(line, id_of(line.order)) for line in lines.lines],
        "following": lines.next_page_token,
        "outcome": wished if wish.outcome else "",
        "channels": Channels(desk),
        "back": _back(desk, found) if found.refused_count else [],
    }


def _back(desk: Desk, found: order_imports_pb2.OrderImport) -> list[tuple[int, str]]:
    """The files that have refused lines, by number and name."""
    wish = order_imports_pb2.ListOrderImportLinesRequest(parent=found.name, outcome=REFUSED, page_size=LINES)
    numbers = {line.file for line in desk.ask(wish).lines}
    names = enumerate(found.file_names, start=1)
    return [(number, name) for number, name in names if number in numbers]


def _body(content: bytes) -> httpbody_pb2.HttpBody:
    return httpbody_pb2.HttpBody(content_type="application/octet-stream", data=content)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 0


ROUTES = (
    get("/imports", imports, needs=READ),
    post("/imports", hand_in, needs=CREATE, largest_bytes=LARGEST_BYTES),
    get("/imports/<job>", job, needs=READ),
    post("/imports/<job>", add_file, needs=CREATE, largest_bytes=LARGEST_BYTES),
    post("/imports/<job>/refused/<file>", refused_lines, needs=READ, largest_bytes=LARGEST_BYTES),
)
