"""A policy switched on for somebody from a date: its form drawn from the plugin's schema, its effects shown (HRS-1)."""

import json
from collections.abc import Mapping
from typing import Any

from bylaw.attendance.v1 import leave_policies_pb2, policies_pb2, replays_pb2
from flask import Response
from google.protobuf.json_format import MessageToDict

from bylaw_console import schemas
from bylaw_console.calls import Refusal
from bylaw_console.desk import MOST_ROWS, Desk
from bylaw_console.policy_books import BOOKS, Book, parameters_like, parameters_of, schema_of, subject_of
from bylaw_console.routes import get, post
from bylaw_console.units import Units, units_of

NEEDS = ("attendance.policies.assign",)
SYSTEMS = ("HOURS_SYSTEM_STANDARD", "HOURS_SYSTEM_COMPREHENSIVE", "HOURS_SYSTEM_IRREGULAR")


def form(desk: Desk, kind: str, policy: str) -> Response:
    """The form of a policy; with `replay` its parameters are those tried, with `like` those of an assignment."""
    replay = _replay(desk, desk.args.get("replay", ""))
    like, book = desk.args.get("like", ""), BOOKS.get(kind)
    values = parameters_of(replay) if replay is not None else {}
    if like and book is not None:
        values = parameters_like(book, like, desk)
    return _show(desk, kind, policy, values, replay=replay)


def assign(desk: Desk, kind: str, policy: str) -> Response:
    """Assign it; or, of leave, look at what that would change."""
    book, units = BOOKS.get(kind), units_of(desk)
    offer = None if book is None else schema_of(book, policy, book.offered(desk))
    if book is None or offer is None:
        return desk.render("not_there.html", 404)
    replay = _replay(desk, desk.field("replay"))
    values = parameters_of(replay) if replay is not None else _typed(offer, desk)
    try:
        subject = subject_of(desk, units)
        if desk.field("deed") == "try":
            effects = desk.ask(_effects(desk, offer.name, subject, values))
            return _show(desk, kind, policy, values, replay=replay, effects=effects)
        made = desk.ask(book.wish(_assignment(desk, book, offer.name, subject, values, replay), desk.request_id))
    except Refusal as refusal:
        return _show(desk, kind, policy, values, replay=replay, refusal=refusal)
    return desk.go(f"/policies/assignments/{kind}/{made.name.rpartition('/')[2]}", said="policies.assigned")


def _typed(offer: Any, desk: Desk) -> dict[str, Any]:
    return schemas.read(MessageToDict(offer.parameters_schema), desk.form)


def _replay(desk: Desk, name: str) -> Any:
    return desk.ask(replays_pb2.GetReplayRequest(name=f"replays/{name}")) if name else None


def _assignment(desk: Desk, book: Book, policy: str, subject: str, values: Mapping[str, Any], replay: Any) -> Any:
    days = {"start_date": desk.field("start_date"), "end_date": desk.field("end_date")}
    made = book.make(subject=subject, **{book.field: policy}, **days)
    made.parameters.update(values)
    if book.kind == "shift":
        system = desk.field("hours_system")
        made.hours_system = policies_pb2.HoursSystem.Value(system) if system in SYSTEMS else 0
        made.hours_approval = desk.field("hours_approval")
        made.replay = replay.name if replay is not None else ""
    return made


def _effects(desk: Desk, policy: str, subject: str, values: Mapping[str, Any]) -> Any:
    return leave_policies_pb2.ListLeaveAssignmentEffectsRequest(
        subject=subject,
        leave_policy=policy,
        parameters=json.dumps(values),
        start_date=desk.field("start_date"),
        end_date=desk.field("end_date"),
        page_size=MOST_ROWS,
    )


def _show(desk: Desk, kind: str, policy: str, values: Mapping[str, Any], **more: Any) -> Response:
    book, refusal = BOOKS.get(kind), more.get("refusal")
    offer = None if book is None else schema_of(book, policy, book.offered(desk))
    if book is None or offer is None:
        return desk.render("not_there.html", 404)
    schema = schemas.plain_numbers(MessageToDict(offer.parameters_schema))
    faults = schemas.faults_of(refusal.problem.errors) if refusal is not None else {}
    effects, replay, units = more.get("effects"), more.get("replay"), units_of(desk)
    shown = {
        "book": book,
        "offer": offer,
        "policy": policy,
        "units": units,
        "fields": schemas.fields_of(schema, values, desk.language, faults),
        "set": list(schemas.told(schema, values, desk.language)),
        "replay": replay,
        "effects": effects,
        "who": desk.who(*(one.person for one in effects.effects)) if effects is not None else {},
        "systems": [(name, desk.t(f"HoursSystem.{name}")) for name in SYSTEMS],
        "unit": desk.form.get("unit") or _tried_for(replay, units),
    }
    return desk.show("assign.html", refusal, **shown)


def _tried_for(replay: Any, units: Units) -> str:
    """The code of the unit whose people a replay tried it on."""
    return units.codes.get(replay.unit, "") if replay is not None else ""


ROUTES = (
    get("/policies/<kind>/<policy>/assign", form, needs=NEEDS),
    post("/policies/<kind>/<policy>/assign", assign, needs=NEEDS),
)
