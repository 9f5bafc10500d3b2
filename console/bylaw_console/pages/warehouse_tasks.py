"""Tasks: the open jobs of the warehouse; a scan says what a code is and what can be done with it (WHS-8)."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from bylaw.inventory.v1 import codes_pb2
from flask import Response, session

from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk, path_of
from bylaw_console.routes import get, post
from bylaw_console.shelves import WAREHOUSE, Shelves, cleaned, in_warehouse
from bylaw_console.warehouse_jobs import Step, jobs_of, started_by

READ = ("inventory.warehouses.read",)
PAGES: dict[int, str] = {codes_pb2.SCAN_ACTION_RECEIVE: "/receive", codes_pb2.SCAN_ACTION_PUT_AWAY: "/put-away"}
SCAN = ("inventory.codes.read",)


@in_warehouse
def tasks(desk: Desk, shelves: Shelves) -> Response:
    """What is open."""
    return desk.render("tasks.html", shelves=shelves, jobs=jobs_of(desk, shelves))


@in_warehouse
def choose(desk: Desk, shelves: Shelves) -> Response:
    """Work in another warehouse."""
    wished = desk.field("warehouse")
    if any(one.name == wished for one in shelves.warehouses):
        session[WAREHOUSE] = wished
    return desk.go("/warehouse")


@in_warehouse
def scan(desk: Desk, shelves: Shelves) -> Response:
    """A code: a number that one job has opens it; else what it is, and what can be done with it."""
    code = cleaned(desk.args.get("code", ""))
    if not code:
        return desk.go("/warehouse")
    jobs = list(started_by(desk, shelves, code))
    if len(jobs) == 1:
        return desk.go(jobs[0].path)
    try:
        found = desk.ask(codes_pb2.ScanCodeRequest(parent=shelves.name, code=code))
    except Refusal as refusal:
        if jobs:
            return desk.render("scanned.html", shelves=shelves, code=code, found=None, steps=jobs, special=None)
        return desk.render_again(
            "scanned.html", refusal, shelves=shelves, code=code, found=None, steps=[], special=None
        )
    return desk.render(
        "scanned.html",
        shelves=shelves,
        code=code,
        found=found,
        steps=[*jobs, *_steps(desk, shelves, found)],
        special=found.special_mark if found.special_mark.keepers else None,
    )


def _steps(desk: Desk, shelves: Shelves, found: Any) -> Iterator[Step]:
    """What can be done with a code, as far as there is a page for it."""
    for action in found.actions:
        name = codes_pb2.ScanAction.Name(action)
        path = _path(shelves, found, action)
        if path:
            yield Step(desk.t(f"ScanAction.{name}"), path)


def _path(shelves: Shelves, found: Any, action: int) -> str:
    label, code = quote(shelves.label(found.place)), quote(found.item_code)
    if action == codes_pb2.SCAN_ACTION_SHOW_STOCK:
        return f"/stock/places?place={label}" if found.place else path_of("stock", "items", found.item)
    if action == codes_pb2.SCAN_ACTION_MOVE:
        return f"/issue/new?from={label}" if found.place else f"/issue/new?item={code}"
    if action == codes_pb2.SCAN_ACTION_COUNT:
        return path_of("book-days", shelves.today)
    return PAGES.get(action, "")


ROUTES = (
    get("/warehouse", tasks, needs=READ),
    post("/warehouse/choose", choose, needs=READ),
    get("/warehouse/scan", scan, needs=SCAN),
)
