"""Any sequence of answers and reorganisations: each state has an exit, one decision counts, nobody decides for self."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from bylaw_chassis.refusals import Refusal
from bylaw_people.rules.decisions.answering import Given, answered, applied
from bylaw_people.rules.decisions.decision import ANSWERS, AnswerKind, Content, Decision, Said, State
from bylaw_people.rules.decisions.opening import opened
from bylaw_people.rules.decisions.process import OpinionRule, Process, Step, StepKind, Weight
from bylaw_people.rules.decisions.reseating import reseated
from bylaw_people.rules.decisions.seats import Delegated, Holder, Posts
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

TOP, SALES, STOCK, TEAM = UNITS = [uuid4() for _ in range(4)]
PEOPLE = [uuid4() for _ in range(6)]
POSITION = uuid4()
SOMEBODY, UNIT = st.sampled_from(PEOPLE), st.sampled_from(UNITS)
HEAD = Step(StepKind.HEAD)
STEPS = st.lists(
    st.sampled_from(
        [
            HEAD,
            Step(StepKind.OPINION),
            replace(HEAD, levels_up=1),
            Step(StepKind.POSITION, position=POSITION),
            Step(StepKind.PERSON, person=PEOPLE[5]),
            replace(HEAD, unit=STOCK),
            Step(StepKind.ROLE, role="hr"),
        ]
    ),
    max_size=3,
)
POSTS = st.builds(
    lambda heads, deputies, holders, given, roles: Posts(
        parents={TOP: None, SALES: TOP, STOCK: TOP, TEAM: SALES},
        heads={TOP: PEOPLE[0], **heads},
        deputies=deputies,
        holders={POSITION: holders},
        delegations=given,
        homes={POSITION: STOCK, PEOPLE[5]: SALES},
        employed=frozenset(PEOPLE),
        roles={"hr": roles},
    ),
    st.dictionaries(UNIT, SOMEBODY),
    st.dictionaries(UNIT, st.lists(SOMEBODY, max_size=1)),
    st.lists(SOMEBODY, max_size=2),
    st.dictionaries(SOMEBODY, st.lists(st.builds(Delegated, SOMEBODY, away=st.booleans()), max_size=1)),
    st.lists(st.builds(Holder, SOMEBODY, st.none() | UNIT, below=st.booleans()), max_size=2),
)


class Deciding(RuleBasedStateMachine):
    now = datetime(2026, 3, 2, tzinfo=UTC)

    @initialize(
        steps=STEPS,
        opinion=st.sampled_from(OpinionRule),
        requester=SOMEBODY,
        posts=POSTS,
        related=st.sets(st.sampled_from([STOCK, TEAM])),
    )
    def ask(self, steps: list[Step], opinion: OpinionRule, requester: UUID, posts: Posts, related: set[UUID]) -> None:
        process = Process("plan", Weight.ORDINARY, (*steps, HEAD), opinion=opinion)
        content = Content((("days", "3"),), None, "please")
        first = Decision(uuid4(), "plan", requester, SALES, (), process, content, self.now, related=tuple(related))
        self.posts, self.steps_seen = posts, set[int]()
        self.decision = opened(first, 0, posts, self.now)
        self.decided: Decision | None = None

    @rule(posts=POSTS)
    def reorganise(self, posts: Posts) -> None:
        self.posts = posts
        self.decision = reseated(self.decision, posts)

    @rule(asked=st.integers(0, 3), kind=st.sampled_from([AnswerKind.AGREE, *sorted(ANSWERS)]))
    def somebody_asked_answers(self, asked: int, kind: AnswerKind) -> None:
        people = [seat.person for slot in self.decision.open_slots for seat in slot.seats]
        if people:
            self.answer(people[asked % len(people)], kind, late=0, text="so")

    @rule(person=SOMEBODY, kind=st.sampled_from(AnswerKind), late=st.integers(0, 1), text=st.sampled_from(["", "so"]))
    def anybody_answers(self, person: UUID, kind: AnswerKind, late: int, text: str) -> None:
        self.answer(person, kind, late=late, text=text)

    def answer(self, person: UUID, kind: AnswerKind, *, late: int, text: str) -> None:
        step = self.decision.step - late
        before = self.decision
        try:
            effect = answered(before, Given(person, kind, step, text))
        except Refusal:
            assert self.decision is before
            return
        assert not late
        slot = effect.slots[0]
        said = Said(uuid4(), person, kind, before.round, self.now, text, step, slot.number, slot.place.unit)
        self.decision = applied(before, effect, said, self.posts)
        if self.decision.state.over and self.decided is None:
            self.decided = self.decision

    @precondition(lambda self: self.decision.state is State.SENT_BACK)
    @rule()
    def ask_again(self) -> None:
        content = replace(self.decision.content, text="again", amount=None)
        self.decision.require_resubmittable(self.decision.requester, content, "")
        self.decision = opened(self.decision.asked_again(content), 0, self.posts, self.now)

    @precondition(lambda self: not self.decision.state.over)
    @rule(hours=st.integers(0, 200))
    def time_passes(self, hours: int) -> None:
        self.decision = reseated(self.decision.escalated(self.now + timedelta(hours=hours)), self.posts)

    @precondition(lambda self: not self.decision.state.over)
    @rule(rarely=st.integers(0, 9))
    def withdraw(self, rarely: int) -> None:
        requester = self.decision.requester
        self.decision.require_withdrawable(requester)
        if rarely == 9:
            self.decision = self.decision.after(state=State.WITHDRAWN, decided_at=self.now, decided_by=requester)
            self.decided = self.decision

    @invariant()
    def every_state_has_an_exit(self) -> None:
        decision = self.decision
        if decision.state is State.WAITING:
            assert decision.open_slots
            assert all(slot.step == decision.step for slot in decision.open_slots)
            for slot in decision.open_slots:
                for seat in slot.seats:
                    answered(decision, Given(seat.person, AnswerKind.AGREE, decision.step))
                    answered(decision, Given(seat.person, AnswerKind.REFUSE, decision.step, "no"))
        else:
            assert not decision.open_slots

    @invariant()
    def nobody_decides_their_own_request(self) -> None:
        decision = self.decision
        assert all(said.person != decision.requester for said in decision.said if said.kind in ANSWERS)
        assert all(seat.person != decision.requester for slot in decision.open_slots for seat in slot.seats)
        assert decision.decided_by != decision.requester or decision.state is State.WITHDRAWN

    @invariant()
    def one_decision_counts(self) -> None:
        decision = self.decision
        if self.decided:
            assert (decision.state, decision.decided_by) == (self.decided.state, self.decided.decided_by)
        else:
            assert decision.decided_at is None
        if decision.state in {State.AGREED, State.REFUSED}:
            assert decision.decided_by in {said.person for said in decision.said}
        places = [(said.step, said.slot) for said in decision.said if said.kind in ANSWERS]
        assert len(places) == len(set(places))

    @invariant()
    def where_all_must_agree_one_refusal_ends_it(self) -> None:
        decision = self.decision
        refused = [said for said in decision.said if said.kind is AnswerKind.REFUSE and said.round == decision.round]
        if refused and decision.process.opinion is OpinionRule.ALL_AGREE and decision.state is not State.WITHDRAWN:
            assert decision.state is State.REFUSED


TestDeciding = pytest.mark.clause("DEC-1", "DEC-2")(Deciding.TestCase)
TestDeciding.settings = settings(max_examples=150, stateful_step_count=25, deadline=None)


def test_the_amount_of_what_a_service_asked_is_that_services_to_change() -> None:
    process = Process("leave", Weight.ORDINARY, (HEAD,))
    decision = Decision(
        uuid4(), "leave", PEOPLE[0], SALES, (), process, Content(), Deciding.now, "attendance", state=State.SENT_BACK
    )
    decision.require_resubmittable(PEOPLE[0], Content(text="again"), "")
    decision.require_resubmittable(PEOPLE[0], Content((("days", "1"),)), "attendance")
    with pytest.raises(Refusal, match="DECISION_OF_SERVICE"):
        decision.require_resubmittable(PEOPLE[0], Content((("days", str(Decimal(1))),)), "")
