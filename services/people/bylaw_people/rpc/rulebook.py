"""The calls on the rulebook."""

from dataclasses import dataclass
from datetime import date

from bylaw.people.v1 import rulebook_pb2 as messages
from bylaw_chassis.call import Call
from bylaw_chassis.clause_use import place_after, use_message, use_wish
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import civil_date
from google.api.httpbody_pb2 import HttpBody

from bylaw_people.events import CLAUSE_KINDS
from bylaw_people.files.clauses_csv import rulebook_csv
from bylaw_people.ports import Needs
from bylaw_people.rpc import reading
from bylaw_people.rpc.telling_clauses import clause_message, difference_message, revision_message
from bylaw_people.rules.rulebook.clauses import Book, ClauseRecord, differences, view_existing, views_on
from bylaw_people.rules.rulebook.writing import revision
from bylaw_people.use_cases.forms import as_of, clause_id, one_of
from bylaw_people.use_cases.rulebook.count_clauses import count_clauses
from bylaw_people.use_cases.rulebook.create_clause import create_clause
from bylaw_people.use_cases.rulebook.finding import ClauseWish, clause_existing
from bylaw_people.use_cases.rulebook.import_clauses import import_clauses
from bylaw_people.use_cases.rulebook.restore_clause import restore_clause
from bylaw_people.use_cases.rulebook.retire_clause import retire_clause
from bylaw_people.use_cases.rulebook.revise_clause import revise_clause

Change = messages.ReviseClauseRequest | messages.RetireClauseRequest | messages.RestoreClauseRequest


@dataclass(frozen=True, slots=True)
class RulebookRpc:
    """Rulebook, as the contract has it."""

    needs: Needs
    book: Book
    tokens: PageTokens

    def ListClauses(self, request: messages.ListClausesRequest, call: Call) -> messages.ListClausesResponse:  # noqa: N802, ARG002
        day = as_of(request.as_of_date, self.needs.today())
        return messages.ListClausesResponse(clauses=map(clause_message, views_on(self._records(), day, self.book)))

    def GetClause(self, request: messages.GetClauseRequest, call: Call) -> messages.Clause:  # noqa: N802, ARG002
        day, clause = as_of(request.as_of_date, self.needs.today()), clause_id(request.name)
        with self.needs.store.read() as records:
            return self._shown(clause_existing(records, clause), day)

    def ListClauseRevisions(  # noqa: N802
        self, request: messages.ListClauseRevisionsRequest, call: Call
    ) -> messages.ListClauseRevisionsResponse:
        page, clause = page_of(request, call, self.tokens), clause_id(request.parent, field="parent")
        with self.needs.store.read() as records:
            record = clause_existing(records, clause)
        found = record.newest_first(before=int(page.after or 0))
        return messages.ListClauseRevisionsResponse(
            revisions=[revision_message(record, one) for one in found[: page.size]],
            next_page_token=page.token(found, lambda one: str(one.number)),
        )

    def DiffClauses(self, request: messages.DiffClausesRequest, call: Call) -> messages.DiffClausesResponse:  # noqa: N802, ARG002
        end = as_of(request.end_date, self.needs.today(), field="end_date")
        days = (civil_date(request.start_date, field="start_date"), end)
        found = differences(self._records(), days, self.book)
        return messages.DiffClausesResponse(differences=map(difference_message, found))

    def ReviseClause(self, request: messages.ReviseClauseRequest, call: Call) -> messages.Clause:  # noqa: N802
        wish, wording = self._wish(request), reading.wording(request.wording)
        return self._shown(revise_clause(wish, wording, call.caller, self.needs), wish.day)

    def CreateClause(self, request: messages.CreateClauseRequest, call: Call) -> messages.Clause:  # noqa: N802
        day = self._day(request.clause.effective_date, field="clause.effective_date")
        kind = one_of(CLAUSE_KINDS, request.clause.kind, field="clause.kind")
        first = revision(reading.wording(request.clause.wording), day, request.reason, field="clause.wording")
        return self._shown(create_clause(request.clause_id, kind, first, call.caller, needs=self.needs), day)

    def RetireClause(self, request: messages.RetireClauseRequest, call: Call) -> messages.Clause:  # noqa: N802
        wish = self._wish(request)
        return self._shown(retire_clause(wish, call.caller, self.needs), wish.day)

    def RestoreClause(self, request: messages.RestoreClauseRequest, call: Call) -> messages.Clause:  # noqa: N802
        wish = self._wish(request)
        return self._shown(restore_clause(wish, call.caller, self.needs, self.book), wish.day)

    def ExportClauses(self, request: messages.ExportClausesRequest, call: Call) -> HttpBody:  # noqa: N802, ARG002
        return HttpBody(content_type="text/csv; charset=utf-8", data=rulebook_csv(self._records()))

    def ImportClauses(self, request: messages.ImportClausesRequest, call: Call) -> messages.ImportClausesResponse:  # noqa: N802
        outcome = import_clauses(request.file.data, request.reason, call.caller, self.needs)
        return messages.ImportClausesResponse(taken_count=outcome.taken, repeated_count=outcome.repeated)

    def ListClauseUse(self, request: messages.ListClauseUseRequest, call: Call) -> messages.ListClauseUseResponse:  # noqa: N802
        wish, page = use_wish(request), page_of(request, call, self.tokens)
        found = count_clauses(wish, call.caller, self.needs, after=place_after(page.position), limit=page.limit)
        token = page.token_at(found, lambda use: use.place)
        return messages.ListClauseUseResponse(uses=map(use_message, found[: page.size]), next_page_token=token)

    def _records(self) -> list[ClauseRecord]:
        with self.needs.store.read() as records:
            return records.rulebook.records()

    def _wish(self, request: Change) -> ClauseWish:
        day = self._day(request.effective_date)
        return ClauseWish(clause_id(request.name), day, request.reason, request.etag)

    def _day(self, text: str, *, field: str = "effective_date") -> date:
        return as_of(text, self.needs.today(), field=field)

    def _shown(self, record: ClauseRecord, day: date) -> messages.Clause:
        return clause_message(view_existing(record, day, self.book))
