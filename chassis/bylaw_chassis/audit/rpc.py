"""The two calls of every service's audit trail: a page of it, and the head of its chain."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from google.protobuf.descriptor import ServiceDescriptor
from google.protobuf.message_factory import GetMessageClass

from bylaw_chassis.audit.heads import HeadKey, newest_head
from bylaw_chassis.audit.listing import Wanted, entries
from bylaw_chassis.audit.tail import unsealed
from bylaw_chassis.call import Call
from bylaw_chassis.database import Database
from bylaw_chassis.paging import PageTokens, page_size
from bylaw_chassis.refusals import FieldInvalid, PermissionMissing

DONE, REFUSED = 1, 2
LONGEST_FILTER = 200


def audit_calls(service: ServiceDescriptor, database: Database, *, tokens: PageTokens, master_key: str) -> "AuditRpc":
    """The calls of a service's `Audit`, in the messages of its own contract."""
    answers = {method.name: GetMessageClass(method.output_type) for method in service.methods}
    return AuditRpc(database, tokens, HeadKey(master_key), answers["ListAuditEntries"], answers["GetAuditHead"])


@dataclass(frozen=True, slots=True)
class AuditRpc:
    """Serves the trail of a database in the messages of one service's contract."""

    database: Database
    tokens: PageTokens
    key: HeadKey
    list_response_class: type[Any]
    head_class: type[Any]

    def ListAuditEntries(self, request: Any, call: Call) -> Any:  # noqa: N802
        """A page, newest first; the permission must be held for the whole company."""
        _require_company(call)
        size, position = page_size(request.page_size), self.tokens.open(request.page_token, request, call)
        below = int(position[0]) if position else None
        with self.database.read() as connection:
            found = entries(connection, _wanted(request), below=below, limit=size + 1)
        answer = self.list_response_class()
        for row in found[:size]:
            _fill(answer.audit_entries.add(), row)
        if len(found) > size:
            answer.next_page_token = self.tokens.seal([str(found[size - 1].id)], request, call)
        return answer

    def GetAuditHead(self, request: Any, call: Call) -> Any:  # noqa: N802, ARG002
        """The newest seal, signed now, and what waits behind it."""
        _require_company(call)
        with self.database.read() as connection:
            head, tail = newest_head(connection, self.database.schema), unsealed(connection)
        answer = self.head_class(service=self.database.schema, unsealed_count=tail.rows)
        if tail.oldest:
            answer.oldest_unsealed_time.FromDatetime(tail.oldest)
        now = self.database.clock()
        answer.export_time.FromDatetime(now)
        if head:
            answer.number, answer.head = head.number, head.head
            answer.seal_time.FromDatetime(head.sealed_at)
            answer.signature = self.key.export(head, now).signature
        return answer


def _require_company(call: Call) -> None:
    """The trail tells of everybody: a part of it for a part of the company would be guesswork."""
    permission = call.access.permission if call.access else ""
    if not call.caller.reach(permission).everyone:
        raise PermissionMissing(permission=permission)


def _wanted(request: Any) -> Wanted:
    for name in ("actor", "target", "grant", "method", "clause"):
        if len(getattr(request, name)) > LONGEST_FILTER or "\0" in getattr(request, name):
            raise FieldInvalid(field=name, zh="不是可能出现的值", en="expected a value that an entry can have")
    return Wanted(
        actor=request.actor,
        target=request.target,
        source=request.grant,
        method=request.method,
        clause=request.clause,
        refused={DONE: False, REFUSED: True}.get(request.outcome),
        since=_instant(request, "start_time"),
        before=_instant(request, "end_time"),
    )


def _instant(request: Any, field: str) -> datetime | None:
    if not request.HasField(field):
        return None
    try:
        found: datetime = getattr(request, field).ToDatetime(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise FieldInvalid(field=field, zh="应为存在的时刻", en="expected an instant that exists") from error
    return found


def _fill(entry: Any, row: Any) -> None:
    entry.name = f"auditEntries/{row.id}"
    entry.record_time.FromDatetime(row.recorded_at)
    entry.actor, entry.session, entry.on_behalf_of, entry.method = row.actor, row.session, row.on_behalf_of, row.method
    entry.targets.extend(row.targets)
    entry.changed_fields.extend(row.fields)
    entry.grants.extend(row.sources)
    entry.scopes.extend(row.scopes)
    entry.address_pseudonym, entry.trace_id = row.address, row.trace_id
    entry.outcome = REFUSED if row.reason else DONE
    entry.reason, entry.clause = row.reason, row.clause
    entry.dropped_count, entry.request_digest = row.dropped, row.digest
