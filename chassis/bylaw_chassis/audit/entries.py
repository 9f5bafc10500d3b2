"""A row of the trail: what the unit of work writes in the effect's own transaction, so that no write lacks one."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bylaw_chassis.array_texts import text_array
from bylaw_chassis.audit.names import fields_in, names_in
from bylaw_chassis.call import Call
from bylaw_chassis.caller import NOBODY, Caller, HeldGrant, Scope
from bylaw_chassis.transactions import background

JOB, COMMAND = "jobs/", "command"

Row = Mapping[str, Any]

_INSERT = """
    insert into audit (
        recorded_at, actor, session, on_behalf_of, method, targets, fields, sources, scopes,
        address, trace_id, reason, clause, dropped, digest)
    select %(recorded_at)s::timestamptz, %(actor)s, %(session)s, %(on_behalf_of)s, %(method)s, %(targets)s::text[],
        %(fields)s::text[], %(sources)s::text[], %(scopes)s::text[],
        %(address)s, %(trace_id)s, %(reason)s, %(clause)s, %(dropped)s::integer, %(digest)s
"""
RECORDED = f"recorded as ({_INSERT})"
"""The part of a statement that adds the row of a write, with `recorded_said`, in its transaction."""
RECORDED_IF_WRITTEN = f"recorded as ({_INSERT} where pg_current_xact_id_if_assigned() is not null)"
"""The same where nothing in the statement itself writes: a transaction that has written nothing gets none."""
_LISTS = ("targets", "fields", "sources", "scopes")


def recorded_said(row: Row) -> dict[str, object]:
    """What the part of a statement says that adds the row of a write."""
    return {**row, **{name: text_array(row[name]) for name in _LISTS}}


def record(connection: sa.Connection, row: Row) -> None:
    """Adds a row of what wrote nothing itself: a refusal, a reveal."""
    connection.exec_driver_sql(_INSERT, dict(row))


def written(
    call: Call | None, now: datetime, *, schema: str, acting: Caller, about: Iterable[str], tells: bool
) -> Row | None:
    """The row of a unit of work that is about to commit; none for a service's own housekeeping.

    `acting` is who a public call turned out to be, or for whom a job works; `tells` is whether others learn of it. What
    nobody did and nobody learns of (a try at a password that is counted, a cursor moved) is housekeeping.
    """
    if call is None:
        return _by_itself(now, schema=schema, acting=acting, about=about, tells=tells)
    caller = call.caller if call.caller.key else acting
    if not (caller.key or tells):
        return None
    row = row_of_call(call, now, caller)
    return {**row, "targets": _together(row["targets"], about)}


def row_of_call(call: Call, now: datetime, caller: Caller) -> dict[str, Any]:
    """What is recorded of every call: who, under which grants, from where."""
    permission = call.access.permission if call.access else ""
    held = [grant for grant in caller.grants if permission and permission in grant.permissions]
    return {
        **_row(now, actor=actor_of(caller), method=call.method.removeprefix("/")),
        "session": f"sessions/{caller.session}" if caller.session else "",
        "targets": about_call(call),
        "fields": list(fields_in(call.request)) if call.request is not None else [],
        "sources": sorted({source for grant in held for source in grant.sources}),
        "scopes": sorted({scope_of(grant) for grant in held}),
        "address": call.address(),
        "trace_id": call.trace_id,
        "digest": call.digest(),
    }


def about_call(call: Call) -> list[str]:
    """What a call is about: the names in its request, and those learnt since."""
    return _together(names_in(call.request) if call.request is not None else (), call.about)


def actor_of(caller: Caller) -> str:
    """`people/018f...` or `services/orders`; empty for nobody."""
    if caller.person:
        return f"people/{caller.person}"
    return f"services/{caller.service}" if caller.service else ""


def scope_of(grant: HeldGrant) -> str:
    """How far a grant reaches, as one text: `company`, `self`, `unit units/018f...`, `subtree units/018f...`."""
    is_of_unit = grant.scope in {Scope.UNIT, Scope.SUBTREE}
    return f"{grant.scope.value} units/{grant.unit}" if is_of_unit else grant.scope.value


def _by_itself(now: datetime, *, schema: str, acting: Caller, about: Iterable[str], tells: bool) -> Row | None:
    """Outside of any call the service acts: in a job, or where others learn of it."""
    doing = background.doing or COMMAND
    if not (tells or doing.startswith(JOB) or acting is not NOBODY):
        return None
    made = _row(now, actor=f"services/{schema}", method=doing)
    return {**made, "on_behalf_of": actor_of(acting), "targets": _together(about)}


def _row(now: datetime, *, actor: str, method: str) -> dict[str, Any]:
    nothing = dict.fromkeys(("session", "on_behalf_of", "address", "trace_id", "reason", "clause", "digest"), "")
    none: dict[str, list[str]] = {name: [] for name in _LISTS}
    return {**nothing, **none, "recorded_at": now, "actor": actor, "method": method, "dropped": 0}


def _together(*names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(name for some in names for name in some))
