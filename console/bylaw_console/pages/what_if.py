"""What if: another pattern tried on months past, its figures and changes shown, switched on from a date (HRS-1)."""

from typing import Any

from bylaw.attendance.v1 import replays_pb2
from flask import Response
from google.protobuf.json_format import MessageToDict

from bylaw_console import schemas
from bylaw_console.calls import Refusal
from bylaw_console.desk import Desk, path_of
from bylaw_console.policy_books import ORGANISATION, SHIFT, parameters_like, parameters_of, schema_of
from bylaw_console.replay_figures import bars_of, figures_of
from bylaw_console.routes import get, post
from bylaw_console.units import units_of
from bylaw_console.when import month_beside

READ, CREATE, CANCEL = ("attendance.replays.read",), ("attendance.replays.create",), ("attendance.replays.cancel",)
RUNNING = {replays_pb2.REPLAY_STATE_WAITING, replays_pb2.REPLAY_STATE_RUNNING}


def form(desk: Desk) -> Response:
    """What is to be tried, on whom, and on which months."""
    like = parameters_like(SHIFT, desk.args.get("like", ""), desk)
    return _form(desk, desk.args.get("pattern", ""), like)


def start(desk: Desk) -> Response:
    """Start a replay; its page says how far it is."""
    policy = desk.field("pattern")
    offer = schema_of(SHIFT, policy, SHIFT.offered(desk))
    values = schemas.read(MessageToDict(offer.parameters_schema), desk.form) if offer is not None else {}
    code, replaced = desk.field("unit"), desk.field("replaced")
    replay = replays_pb2.Replay(
        unit="" if code == ORGANISATION else units_of(desk).named(code),
        first_month=desk.field("first_month"),
        last_month=desk.field("last_month"),
        shift_pattern=f"shiftPatterns/{policy}",
        replaced_shift_pattern=f"shiftPatterns/{replaced}" if replaced else "",
    )
    replay.parameters.update(values)
    try:
        made = desk.ask(replays_pb2.CreateReplayRequest(replay=replay, request_id=desk.request_id))
    except Refusal as refusal:
        return _form(desk, policy, values, refusal)
    return desk.go(path_of("replays", made.name))


def replays(desk: Desk) -> Response:
    """Replays that were started, newest first."""
    page = desk.ask(replays_pb2.ListReplaysRequest(page_size=desk.rows, page_token=desk.args.get("page", "")))
    return desk.render(
        "replays.html",
        replays=page.replays,
        units=units_of(desk),
        who=desk.who(*(one.creator for one in page.replays)),
        token=page.next_page_token,
    )


def replay(desk: Desk, name: str) -> Response:
    """How far a replay is, and what it comes to."""
    found = desk.ask(replays_pb2.GetReplayRequest(name=f"replays/{name}"))
    is_running = found.state in RUNNING
    changes = replays_pb2.ListReplayChangesResponse()
    if not is_running:
        wish = replays_pb2.ListReplayChangesRequest(
            parent=found.name, page_size=desk.rows, page_token=desk.args.get("page", "")
        )
        changes = desk.ask(wish)
    schema = schema_of(SHIFT, found.shift_pattern.rpartition("/")[2], SHIFT.offered(desk))
    values = parameters_of(found)
    told = schemas.told(MessageToDict(schema.parameters_schema), values, desk.language) if schema else values.items()
    return desk.render(
        "replay.html",
        replay=found,
        id=name,
        policy=found.shift_pattern.rpartition("/")[2],
        is_running=is_running,
        figures=figures_of(found),
        bars=bars_of(found),
        changes=changes.changes,
        token=changes.next_page_token,
        set=list(told),
        unit=units_of(desk).title(found.unit, desk) or desk.t("policies.everybody"),
        who=desk.who(found.creator, found.canceller),
        done=found.state == replays_pb2.REPLAY_STATE_DONE,
    )


def cancel(desk: Desk, name: str) -> Response:
    """Stop a replay; what it came to by then stays."""
    desk.ask(replays_pb2.CancelReplayRequest(name=f"replays/{name}", request_id=desk.request_id))
    return desk.go(path_of("replays", name), said="what_if.cancelled")


def workbook(desk: Desk, name: str) -> Response:
    """The workbook of a replay."""
    body = desk.ask(replays_pb2.GetReplayWorkbookRequest(name=f"replays/{name}"))
    response = Response(body.data, mimetype=body.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="replay-{name}.xlsx"'
    return response


def _form(desk: Desk, policy: str, values: dict[str, Any], refusal: Refusal | None = None) -> Response:
    offered, units = SHIFT.offered(desk), units_of(desk)
    offer = schema_of(SHIFT, policy, offered)
    faults = schemas.faults_of(refusal.problem.errors) if refusal is not None else {}
    schema = schemas.plain_numbers(MessageToDict(offer.parameters_schema)) if offer is not None else {}
    shown: dict[str, Any] = {
        "patterns": [
            (one.name.rpartition("/")[2], f"{desk.text(one.title)} {one.name.rpartition('/')[2]}") for one in offered
        ],
        "policy": policy if offer is not None else "",
        "fields": schemas.fields_of(schema, values, desk.language, faults),
        "units": units,
        "last_month": month_beside(f"{desk.local_now():%Y-%m}", -1),
    }
    return desk.show("what_if.html", refusal, **shown)


ROUTES = (
    get("/policies/what-if", form, needs=CREATE),
    post("/policies/what-if", start, needs=CREATE),
    get("/replays", replays, needs=READ),
    get("/replays/<name>", replay, needs=READ),
    post("/replays/<name>/cancel", cancel, needs=CANCEL),
    get("/replays/<name>/workbook.xlsx", workbook, needs=READ),
)
