"""Who sees a decision: list equals check, and what is hidden changes no answer, page or count (SEC-1, DEC-3)."""

from collections.abc import Iterator

import grpc
import pytest
from bylaw.people.v1 import decisions_pb2 as messages

from tests.builders.decisions import BY_ME, DECIDED, FOR_ME, PLACES, Department, days, refusal, yuan
from tests.builders.decisions import department as built
from tests.databases import Databases

pytestmark = pytest.mark.postgresql15
UNKNOWN = messages.Decision(name="decisions/018f0000-0000-7000-8000-000000000000", step=1)


@pytest.fixture
def other(postgres: Databases) -> Iterator[Department]:
    """The same department in a world of its own."""
    with built(postgres) as made:
        yield made


@pytest.mark.clause("SEC-1", "DEC-3")
def test_what_a_list_returns_is_what_single_reads_allow(acme: Department) -> None:
    made = [
        acme.ask("wang", quantity=days("5")),
        acme.ask("sun", quantity=days("1")),
        acme.ask("chen", "promotion-budget", money=yuan(9_000)),
        acme.ask("zhou", quantity=days("1")),
    ]
    acme.answer("chen", made[0])
    acme.answer("qian", made[1])
    acme.answer("qian", made[2])
    acme.run_timers()
    leave, of_stock, major, of_office = made
    sees = {
        "wang": [leave],
        "zhao": [],
        "sun": [of_stock, major],
        "chen": [leave, major],
        "qian": [of_stock, major],
        "zhou": [major, of_office],
        "lin": made,
    }
    for who in PLACES:
        allowed = {one.name for one in made if _sees(acme, who, one)}
        assert set(acme.listed(who)) == allowed == {one.name for one in sees[who]}, who
        for view in (FOR_ME, BY_ME, DECIDED):
            assert set(acme.listed(who, view)) <= allowed, who


@pytest.mark.clause("SEC-1")
def test_a_decision_one_has_no_part_in_is_refused_in_the_words_of_one_that_does_not_exist(acme: Department) -> None:
    hidden = acme.ask("sun", quantity=days("1"))
    calls = (
        lambda one: acme.see("wang", one),
        lambda one: acme.answer("wang", one),
        lambda one: acme.state("wang", one),
        lambda one: acme.withdraw("wang", one),
        lambda one: acme.resubmit("wang", one, quantity=days("1")),
    )
    assert {refusal(lambda c=call, o=one: c(o)) for call in calls for one in (hidden, UNKNOWN)} == {
        "DECISION_NOT_FOUND"
    }


@pytest.mark.clause("SEC-1")
def test_hidden_decisions_change_nothing_in_lists_pages_and_filters(acme: Department, other: Department) -> None:
    """Ids and keys differ between two worlds: what is compared is everything else."""

    def answers(world: Department) -> list[list[tuple[str, str, bool]]]:
        found = []
        for view in (0, FOR_ME, BY_ME, DECIDED):
            for more in ({}, {"page_size": 1}, {"kind": "leave"}, {"state": messages.DECISION_STATE_WAITING}):
                request = messages.ListDecisionsRequest(view=view, **more)
                page = world.stub.ListDecisions(request, metadata=world.token("chen"))
                shown = [(one.kind, one.quantity.value, bool(page.next_page_token)) for one in page.decisions]
                found.append(shown)
        return found

    for number in range(3):
        other.ask("sun", quantity=days("1"), subjects=[f"hidden/{number}"])
        for world in (acme, other):
            world.ask("wang", quantity=days(str(number)), subjects=[f"seen/{number}"])
    other.answer("qian", messages.Decision(name=other.listed("qian", FOR_ME)[0], step=1))
    assert answers(acme) == answers(other)


def test_pages_go_on_where_the_one_before_ended_and_belong_to_their_caller(acme: Department) -> None:
    names = [acme.ask("wang", quantity=days("1"), subjects=[f"a/{number}"]).name for number in range(3)]
    found, token = [], ""
    while True:
        request = messages.ListDecisionsRequest(page_size=1, page_token=token, view=BY_ME)
        page = acme.stub.ListDecisions(request, metadata=acme.token("wang"))
        found += [one.name for one in page.decisions]
        token = page.next_page_token
        if not token:
            break
        stranger = messages.ListDecisionsRequest(page_size=1, page_token=token, view=BY_ME)
        assert refusal(lambda r=stranger: acme.stub.ListDecisions(r, metadata=acme.token("chen"))) == (
            "PAGE_TOKEN_INVALID"
        )
    assert found == names[::-1]


def _sees(acme: Department, who: str, decision: messages.Decision) -> bool:
    try:
        acme.see(who, decision)
    except grpc.RpcError:
        return False
    return True
