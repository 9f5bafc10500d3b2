"""The calls on the rulebook."""

from dataclasses import dataclass

from bylaw.people.v1 import rulebook_pb2 as messages
from bylaw_chassis.call import Call
from bylaw_chassis.values import resource_name

from bylaw_people.events import text_message
from bylaw_people.ports import Needs
from bylaw_people.rpc import reading
from bylaw_people.rulebook.book import Book, Clause, ClauseKind

KINDS = {
    ClauseKind.RULE: messages.CLAUSE_KIND_RULE,
    ClauseKind.RECORD: messages.CLAUSE_KIND_RECORD,
    ClauseKind.DUTY: messages.CLAUSE_KIND_DUTY,
}


@dataclass(frozen=True, slots=True)
class RulebookRpc:
    """Rulebook, as the contract has it."""

    needs: Needs
    book: Book

    def ListClauses(self, request: messages.ListClausesRequest, call: Call) -> messages.ListClausesResponse:  # noqa: N802, ARG002
        day = reading.as_of(request.as_of_date, self.needs.today())
        return messages.ListClausesResponse(clauses=[_message(clause) for clause in self.book.on(day)])

    def GetClause(self, request: messages.GetClauseRequest, call: Call) -> messages.Clause:  # noqa: N802, ARG002
        day = reading.as_of(request.as_of_date, self.needs.today())
        return _message(self.book.clause(request.name.removeprefix("clauses/"), day))


def _message(clause: Clause) -> messages.Clause:
    return messages.Clause(
        name=resource_name("clauses", clause.id),
        service=clause.service,
        kind=KINDS[clause.kind],
        wording=text_message(clause.wording),
        effective_date=clause.effective_date.isoformat(),
    )
