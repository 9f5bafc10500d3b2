"""The rota of a month: who rests and works when, filled in as a grid or by person, looked at, published (HRS-2)."""

from collections import defaultdict
from typing import Any

from bylaw.attendance.v1 import rota_pb2
from flask import Response, jsonify

from bylaw_console import rotas
from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk
from bylaw_console.routes import get, post
from bylaw_console.units import Units, units_of
from bylaw_console.when import is_month, month_beside

NEEDS, PUBLISH = ("attendance.rota.publish",), ("attendance.rota.publish",)


def rota(desk: Desk) -> Response:
    """The grid of a unit's month, the coming one where none is asked for; or the days of one person."""
    units = units_of(desk, desk.args.get("unit", ""))
    month = desk.args.get("month", "") or month_beside(f"{desk.local_now():%Y-%m}", 1)
    if units.chosen is None or not is_month(month):
        return desk.render("not_there.html", 404)
    lines = rotas.lines_of(desk, units.chosen.name, month)
    values = _values(units, month) | {"lines": lines, "words": rotas.words_of(desk, lines, month)}
    wished = desk.args.get("person", "")
    if wished:
        line = next((line for line in lines if line.person == f"people/{wished}"), None)
        if line is None:
            return desk.render("not_there.html", 404)
        return desk.render("rota_person.html", line=line, **values)
    return desk.render("rota.html", days=rotas.days_of(month), **values)


def check(desk: Desk) -> Response:
    """What publishing what the grid holds would change, and what of it would be refused; nothing is published."""
    cells = rotas.wished(desk.form)
    try:
        tried = desk.ask(_wish(desk, cells, tries=True)) if cells else rota_pb2.PublishRotaCellsResponse()
    except Refusal as refusal:
        told = {"person": "", "day": "", "message": refusal.problem.detail, "clause": refusal.problem.clause}
        return jsonify(faults=[told], said="")
    faults = rotas.faults_of(tried.faults, cells, desk)
    said = _said(desk, tried) if cells else ""
    return jsonify(faults=[{name: getattr(one, name) for name in rotas.Fault.__slots__} for one in faults], said=said)


def preview(desk: Desk) -> Response:
    """What is to be published, person by person, before it is."""
    return _preview(desk)


def publish(desk: Desk) -> Response:
    """Publish cells, all of them or none."""
    cells = rotas.wished(desk.form)
    try:
        done = desk.ask(_wish(desk, cells))
    except Refusal as refusal:
        return _preview(desk, refusal)
    return desk.go(_back(desk), said="rota.published", text=_said(desk, done))


def copy(desk: Desk) -> Response:
    """What copying a month would come to; the second time, it is copied."""
    from_month, to_month = desk.field("from_month"), desk.field("to_month")
    is_sure = desk.field("sure") == "yes"
    units = units_of(desk, desk.field("unit"))
    wish = rota_pb2.CopyRotaMonthRequest(
        parent=units.named(desk.field("unit")),
        from_month=from_month,
        to_month=to_month,
        validate_only=not is_sure,
        request_id=desk.request_id if is_sure else "",
    )
    values: dict[str, Any] = {
        "units": units,
        "from_month": from_month,
        "to_month": to_month,
        "tried": None,
        "faults": [],
        "names": {},
    }
    try:
        tried = desk.ask(wish)
    except Refusal as refusal:
        return desk.render_again("rota_copy.html", refusal, **values)
    if is_sure:
        back = f"/rota?unit={desk.field('unit')}&month={to_month}"
        return desk.go(back, said="rota.copied", count=tried.published_count, left=len(tried.left_out))
    people = {cell.person for cell in tried.rota_cells} | {one.rota_cell.person for one in tried.left_out}
    faults = rotas.faults_of(tried.faults, list(tried.rota_cells), desk)
    return desk.render("rota_copy.html", **values | {"tried": tried, "faults": faults, "names": desk.who(*people)})


def _preview(desk: Desk, refusal: Refusal | None = None) -> Response:
    cells = rotas.wished(desk.form)
    tried = rota_pb2.PublishRotaCellsResponse()
    try:
        if cells:
            tried = desk.ask(_wish(desk, cells, tries=True))
    except Refusal as refused:
        refusal = refusal or refused
    changed: dict[str, list[Any]] = defaultdict(list)
    for cell in tried.changed_cells:
        changed[cell.person].append(cell)
    values = _values(units_of(desk, desk.field("unit")), desk.field("month")) | {
        "changed": changed,
        "tried": tried,
        "faults": rotas.faults_of(tried.faults, cells, desk),
        "cells": rotas.as_json(cells),
        "names": desk.who(*{cell.person for cell in cells}),
        "back": _back(desk),
    }
    return desk.show("rota_preview.html", refusal, **values)


def _wish(desk: Desk, cells: list[Any], *, tries: bool = False) -> Any:
    units = units_of(desk, desk.field("unit"))
    return rota_pb2.PublishRotaCellsRequest(
        parent=units.named(desk.field("unit")),
        rota_cells=cells,
        validate_only=tries,
        request_id="" if tries else desk.request_id,
    )


def _said(desk: Desk, told: Any) -> str:
    return desk.t(
        "rota.counts",
        published=told.published_count,
        back=told.taken_back_count,
        unchanged=told.unchanged_count,
        short=told.short_notice_count,
    )


def _back(desk: Desk) -> str:
    return f"/rota?unit={desk.field('unit')}&month={desk.field('month')}"


def _values(units: Units, month: str) -> dict[str, Any]:
    return {
        "units": units,
        "month": month,
        "earlier": month_beside(month, -1),
        "later": month_beside(month, 1),
        "own_pattern": rotas.OWN_PATTERN,
    }


ROUTES = (
    get("/rota", rota, needs=NEEDS),
    post("/rota/check", check, needs=PUBLISH),
    post("/rota/preview", preview, needs=PUBLISH),
    post("/rota/publish", publish, needs=PUBLISH),
    post("/rota/copy", copy, needs=PUBLISH),
)
