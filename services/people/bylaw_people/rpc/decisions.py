"""The calls on decisions, the processes they run through, and delegation."""

from dataclasses import dataclass

from bylaw.people.v1 import decisions_pb2 as messages
from bylaw_chassis.call import Call
from bylaw_chassis.neighbours import SERVICE_TOKEN
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.tokens import TokenVerifier
from bylaw_chassis.values import resource_id

from bylaw_people.ports import Needs
from bylaw_people.rpc import decision_reading as reading
from bylaw_people.rpc.decision_telling import (
    decision_message,
    delegation_message,
    preview_message,
    process_message,
)
from bylaw_people.use_cases.decisions.add_statement import add_statement
from bylaw_people.use_cases.decisions.answer_decision import answer_decision
from bylaw_people.use_cases.decisions.asking_service import asking_service
from bylaw_people.use_cases.decisions.create_decision import create_decision
from bylaw_people.use_cases.decisions.delegate import create_delegation, end_delegation
from bylaw_people.use_cases.decisions.finding import acting_person, decision_seen, viewer_of
from bylaw_people.use_cases.decisions.list_processes import list_processes, place_of
from bylaw_people.use_cases.decisions.preview_decision import preview_decision
from bylaw_people.use_cases.decisions.resubmit_decision import resubmit_decision
from bylaw_people.use_cases.decisions.set_process import set_process
from bylaw_people.use_cases.decisions.withdraw_decision import withdraw_decision
from bylaw_people.use_cases.forms import as_of, one_id, one_of, plain


@dataclass(frozen=True, slots=True)
class DecisionsRpc:
    """Decisions, as the contract has it."""

    needs: Needs
    tokens: PageTokens
    verifier: TokenVerifier

    def CreateDecision(self, request: messages.CreateDecisionRequest, call: Call) -> messages.Decision:  # noqa: N802
        asking = reading.asking(request.decision, asking_service(call.metadata.get(SERVICE_TOKEN, ""), self.verifier))
        return decision_message(create_decision(asking, call.caller, self.needs))

    def PreviewDecision(  # noqa: N802
        self, request: messages.PreviewDecisionRequest, call: Call
    ) -> messages.DecisionPreview:
        asking = reading.foreseeing(request, asking_service(call.metadata.get(SERVICE_TOKEN, ""), self.verifier))
        return preview_message(preview_decision(asking, call.caller, self.needs))

    def GetDecision(self, request: messages.GetDecisionRequest, call: Call) -> messages.Decision:  # noqa: N802
        decision = reading.decision_id(request.name)
        with self.needs.store.read() as records:
            return decision_message(decision_seen(records, decision, viewer_of(call.caller, self.needs)))

    def ListDecisions(  # noqa: N802
        self, request: messages.ListDecisionsRequest, call: Call
    ) -> messages.ListDecisionsResponse:
        page, chosen = page_of(request, call, self.tokens), reading.chosen(request)
        after = one_id(page.after)
        with self.needs.store.read() as records:
            viewer = viewer_of(call.caller, self.needs)
            found = records.decisions.page(viewer, chosen, after=after, limit=page.limit)
        shown = [decision_message(decision) for decision in found[: page.size]]
        token = page.token(found, lambda decision: str(decision.id))
        return messages.ListDecisionsResponse(decisions=shown, next_page_token=token)

    def AnswerDecision(self, request: messages.AnswerDecisionRequest, call: Call) -> messages.Decision:  # noqa: N802
        decision = reading.decision_id(request.name)
        given = reading.given(request, acting_person(call.caller))
        return decision_message(answer_decision(decision, given, request.etag, caller=call.caller, needs=self.needs))

    def AddStatement(self, request: messages.AddStatementRequest, call: Call) -> messages.Decision:  # noqa: N802
        decision, kind = reading.decision_id(request.name), one_of(reading.STATEMENTS, request.kind, field="kind")
        return decision_message(add_statement(decision, kind, request.text, caller=call.caller, needs=self.needs))

    def WithdrawDecision(  # noqa: N802
        self, request: messages.WithdrawDecisionRequest, call: Call
    ) -> messages.Decision:
        decision = reading.decision_id(request.name)
        now = withdraw_decision(decision, request.text, request.etag, caller=call.caller, needs=self.needs)
        return decision_message(now)

    def ResubmitDecision(  # noqa: N802
        self, request: messages.ResubmitDecisionRequest, call: Call
    ) -> messages.Decision:
        now = resubmit_decision(
            reading.decision_id(request.name),
            reading.content(request.decision),
            request.etag,
            asking_service=asking_service(call.metadata.get(SERVICE_TOKEN, ""), self.verifier),
            caller=call.caller,
            needs=self.needs,
        )
        return decision_message(now)

    def SetProcess(self, request: messages.SetProcessRequest, call: Call) -> messages.Process:  # noqa: N802
        process = reading.process(request.process, self.needs.today(), call.caller.person)
        return process_message(set_process(process, call.caller, self.needs))

    def ListProcesses(  # noqa: N802
        self, request: messages.ListProcessesRequest, call: Call
    ) -> messages.ListProcessesResponse:
        page, day = page_of(request, call, self.tokens), as_of(request.as_of_date, self.needs.today())
        kind, caller = plain(request.kind, field="kind"), call.caller
        found = list_processes(day, kind, caller=caller, needs=self.needs, after=page.position, limit=page.limit)
        shown = [process_message(process) for process in found[: page.size]]
        token = page.token_at(found, place_of)
        return messages.ListProcessesResponse(processes=shown, next_page_token=token)

    def CreateDelegation(  # noqa: N802
        self, request: messages.CreateDelegationRequest, call: Call
    ) -> messages.Delegation:
        wish = reading.delegation(request.delegation, acting_person(call.caller), self.needs.today())
        return delegation_message(create_delegation(wish, call.caller, self.needs))

    def EndDelegation(self, request: messages.EndDelegationRequest, call: Call) -> messages.Delegation:  # noqa: N802
        return delegation_message(end_delegation(resource_id(request.name, "delegations"), call.caller, self.needs))

    def ListDelegations(  # noqa: N802
        self, request: messages.ListDelegationsRequest, call: Call
    ) -> messages.ListDelegationsResponse:
        page = page_of(request, call, self.tokens)
        after = one_id(page.after)
        viewer = viewer_of(call.caller, self.needs, "people.delegations.read")
        with self.needs.store.read() as records:
            found = records.delegations.page(viewer, after=after, limit=page.limit)
        shown = [delegation_message(delegation) for delegation in found[: page.size]]
        token = page.token(found, lambda delegation: str(delegation.id))
        return messages.ListDelegationsResponse(delegations=shown, next_page_token=token)
