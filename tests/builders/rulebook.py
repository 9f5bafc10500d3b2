"""The rulebook's calls as tests make them: one line a wish, today and the administrator where nothing else is said."""

from dataclasses import dataclass
from typing import Any

from bylaw.people.v1 import feed_pb2
from bylaw.people.v1 import rulebook_pb2 as rulebook
from bylaw.types.v1.localized_text_pb2 import LocalizedText
from google.api.httpbody_pb2 import HttpBody

from tests.builders.people import PeopleService

REASON = "the council of 3 March"


@dataclass
class RulebookCalls:
    """The calls on the rulebook of a people service."""

    people: PeopleService

    def get(self, clause: str, day: str = "") -> rulebook.Clause:
        """A clause as of a day."""
        request = rulebook.GetClauseRequest(name=f"clauses/{clause}", as_of_date=day)
        return self.people.rulebook.GetClause(request, metadata=self.people.everything)

    def words(self, clause: str, *days: str) -> list[str]:
        """What a clause says in English on each day."""
        return [self.get(clause, day).wording.en for day in days]

    def listed(self, day: str = "") -> list[rulebook.Clause]:
        """The clauses as of a day."""
        request = rulebook.ListClausesRequest(as_of_date=day)
        return list(self.people.rulebook.ListClauses(request, metadata=self.people.everything).clauses)

    def revise(self, clause: str, words: str, since: str = "", caller: Any = None, **more: str) -> rulebook.Clause:
        """Words a clause anew."""
        request = rulebook.ReviseClauseRequest(
            name=f"clauses/{clause}",
            wording=LocalizedText(zh=f"{words}。", en=words),
            effective_date=since,
            **{"reason": REASON, **more},
        )
        return self.people.rulebook.ReviseClause(request, metadata=caller or self.people.everything)

    def create(self, clause: str, words: str = "Own words.", since: str = "", **more: Any) -> rulebook.Clause:
        """Adds a clause of the company's own, a record where nothing else is said."""
        made = rulebook.Clause(
            kind=more.pop("kind", rulebook.CLAUSE_KIND_RECORD),
            wording=LocalizedText(zh=f"{words}。", en=words),
            effective_date=since,
        )
        request = rulebook.CreateClauseRequest(clause_id=clause, clause=made, **{"reason": REASON, **more})
        return self.people.rulebook.CreateClause(request, metadata=self.people.everything)

    def retire(self, clause: str, since: str = "", **more: str) -> rulebook.Clause:
        """Retires a clause."""
        request = rulebook.RetireClauseRequest(
            name=f"clauses/{clause}", effective_date=since, **{"reason": REASON, **more}
        )
        return self.people.rulebook.RetireClause(request, metadata=self.people.everything)

    def restore(self, clause: str, since: str = "", **more: str) -> rulebook.Clause:
        """Goes back to what ships."""
        request = rulebook.RestoreClauseRequest(
            name=f"clauses/{clause}", effective_date=since, **{"reason": REASON, **more}
        )
        return self.people.rulebook.RestoreClause(request, metadata=self.people.everything)

    def history(self, clause: str, **more: Any) -> rulebook.ListClauseRevisionsResponse:
        """Everything that was written of a clause, newest first."""
        request = rulebook.ListClauseRevisionsRequest(parent=f"clauses/{clause}", **more)
        return self.people.rulebook.ListClauseRevisions(request, metadata=self.people.everything)

    def diff(self, start: str, end: str = "") -> list[rulebook.ClauseDifference]:
        """What is different on two days."""
        request = rulebook.DiffClausesRequest(start_date=start, end_date=end)
        return list(self.people.rulebook.DiffClauses(request, metadata=self.people.everything).differences)

    def exported(self) -> bytes:
        """The rulebook as a file."""
        request = rulebook.ExportClausesRequest()
        return self.people.rulebook.ExportClauses(request, metadata=self.people.everything).data

    def imported(self, file: str | bytes, reason: str = REASON, **more: Any) -> tuple[int, int]:
        """Hands a file in: how many lines made a revision, and how many said what holds."""
        data = file.encode() if isinstance(file, str) else file
        request = rulebook.ImportClausesRequest(file=HttpBody(data=data), reason=reason, **more)
        answer = self.people.rulebook.ImportClauses(request, metadata=self.people.everything)
        return answer.taken_count, answer.repeated_count

    def told(self) -> list[feed_pb2.ClauseChanged]:
        """The clauses of the feed, in order."""
        return [event.clause_changed for event in self.people.told() if event.HasField("clause_changed")]
