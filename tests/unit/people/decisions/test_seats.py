"""Who may answer: the head, delegates, deputies, the next head up; never whoever asked (ORG-3, DEC-1, DEC-2)."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from bylaw_people.rules.decisions.process import StepKind
from bylaw_people.rules.decisions.seats import Cause, Delegated, Ground, Holder, Place, Posts, Resolving, Seat
from bylaw_people.rules.decisions.wording import reason
from hypothesis import given
from hypothesis import strategies as st

TOP, SALES, TEAM = uuid4(), uuid4(), uuid4()
LIN, CHEN, WANG, ZHAO, SUN = (uuid4() for _ in range(5))
EVERYBODY = frozenset({LIN, CHEN, WANG, ZHAO, SUN})
ACME = Posts(
    parents={TOP: None, SALES: TOP, TEAM: SALES},
    heads={TOP: LIN, SALES: CHEN},
    employed=EVERYBODY,
)
OF_TEAM = Place(StepKind.HEAD, TEAM)


def seats(posts: Posts, requester: UUID = WANG, place: Place = OF_TEAM, kind: str = "leave") -> list[Seat]:
    return list(Resolving(posts, requester, kind).seats(place))


@pytest.mark.clause("ORG-3")
def test_the_head_of_the_next_unit_up_that_has_one_is_asked() -> None:
    assert seats(replace(ACME, heads={TOP: LIN, SALES: CHEN, TEAM: SUN})) == [Seat(SUN, Ground.HEAD)]
    assert [seat.person for seat in seats(ACME)] == [CHEN]
    assert [seat.person for seat in seats(ACME, place=replace(OF_TEAM, levels_up=1))] == [LIN]
    assert [seat.person for seat in seats(ACME, place=replace(OF_TEAM, levels_up=4))] == [LIN]


@pytest.mark.clause("DEC-2")
def test_a_delegate_is_asked_beside_the_head_and_alone_while_the_head_is_away() -> None:
    both = replace(ACME, delegations={CHEN: [Delegated(SUN)]})
    assert seats(both, place=Place(StepKind.HEAD, SALES)) == [
        Seat(CHEN, Ground.HEAD),
        Seat(SUN, Ground.DELEGATE, CHEN),
    ]
    alone = replace(ACME, delegations={CHEN: [Delegated(SUN, away=True)]})
    assert seats(alone, place=Place(StepKind.HEAD, SALES)) == [Seat(SUN, Ground.DELEGATE, CHEN)]


@pytest.mark.clause("DEC-2")
def test_a_delegate_passes_nothing_on_and_one_who_is_away_is_not_asked() -> None:
    passing = replace(ACME, delegations={CHEN: [Delegated(SUN, away=True)], SUN: [Delegated(ZHAO)]})
    assert [seat.person for seat in seats(passing, place=Place(StepKind.HEAD, SALES))] == [SUN]
    both_away = replace(ACME, delegations={CHEN: [Delegated(SUN, away=True)], SUN: [Delegated(ZHAO, away=True)]})
    assert [seat.person for seat in seats(both_away, place=Place(StepKind.HEAD, SALES))] == [LIN]


@pytest.mark.clause("DEC-2")
def test_a_delegation_of_other_kinds_leaves_the_head_away_and_the_deputy_is_asked() -> None:
    posts = replace(
        ACME, delegations={CHEN: [Delegated(SUN, frozenset({"price-change"}), away=True)]}, deputies={SALES: [ZHAO]}
    )
    assert seats(posts, place=Place(StepKind.HEAD, SALES)) == [Seat(ZHAO, Ground.DEPUTY, CHEN, Cause.AWAY)]


@pytest.mark.clause("DEC-2")
def test_the_next_head_up_is_asked_where_head_and_deputy_cannot() -> None:
    posts = replace(ACME, delegations={CHEN: [Delegated(WANG, away=True)]}, deputies={SALES: [WANG]})
    assert seats(posts, place=Place(StepKind.HEAD, SALES)) == [Seat(LIN, Ground.NEXT_HEAD, CHEN, Cause.AWAY)]


@pytest.mark.clause("DEC-2")
def test_a_head_who_left_is_stood_in_for() -> None:
    gone = replace(ACME, employed=EVERYBODY - {CHEN}, deputies={SALES: [ZHAO]})
    assert seats(gone, place=Place(StepKind.HEAD, SALES)) == [Seat(ZHAO, Ground.DEPUTY, CHEN, Cause.VACANT)]


@pytest.mark.clause("DEC-2")
def test_what_a_head_asks_goes_up_and_not_to_their_own_delegate_or_deputy() -> None:
    posts = replace(ACME, delegations={CHEN: [Delegated(SUN)]}, deputies={SALES: [ZHAO]})
    found = seats(posts, requester=CHEN, place=Place(StepKind.HEAD, SALES))
    assert found == [Seat(LIN, Ground.NEXT_HEAD, CHEN, Cause.REQUESTER)]


def test_what_the_highest_head_asks_goes_to_their_deputy_as_the_last_resort_and_else_to_nobody() -> None:
    assert seats(ACME, requester=LIN, place=Place(StepKind.HEAD, TOP)) == []
    with_deputy = replace(ACME, deputies={TOP: [CHEN]})
    assert seats(with_deputy, requester=LIN, place=Place(StepKind.HEAD, TOP)) == [
        Seat(CHEN, Ground.DEPUTY, LIN, Cause.REQUESTER)
    ]


def test_a_position_asks_all_who_hold_it_and_the_head_where_nobody_does() -> None:
    position = uuid4()
    place = Place(StepKind.POSITION, SALES, position=position)
    posts = replace(ACME, holders={position: [WANG, ZHAO, SUN]}, heads={TOP: LIN, SALES: CHEN})
    assert [seat.person for seat in seats(posts, place=place)] == [ZHAO, SUN]
    assert seats(ACME, place=place)[0].person == CHEN


def test_a_named_person_who_is_away_is_stood_in_for_with_the_reason() -> None:
    place = Place(StepKind.PERSON, SALES, person=SUN)
    assert seats(ACME, place=place) == [Seat(SUN, Ground.PERSON)]
    found = seats(ACME, requester=SUN, place=place)
    assert found == [Seat(CHEN, Ground.NEXT_HEAD, SUN, Cause.REQUESTER)]
    said = reason(found[0])
    assert (said.zh, said.en) == (
        "作为上一级负责人代行，因原决定人即申请人",
        "as the next head up, because the decider is whoever asked",
    )


@pytest.mark.clause("DEC-2")
def test_an_overdue_place_asks_the_next_head_up_as_well() -> None:
    found = seats(ACME, place=replace(OF_TEAM, overdue=True))
    assert [(seat.person, seat.ground) for seat in found] == [(CHEN, Ground.NEXT_HEAD), (LIN, Ground.OVERDUE)]


OF_HR = Place(StepKind.ROLE, TEAM, role="hr")


@pytest.mark.clause("DEC-2", "LVE-2")
def test_a_role_asks_all_who_hold_it_over_the_requesters_unit_and_nobody_else() -> None:
    held = [Holder(ZHAO), Holder(SUN, SALES, below=True), Holder(WANG, TEAM), Holder(CHEN, SALES), Holder(LIN, TOP)]
    found = seats(replace(ACME, roles={"hr": [*held, Holder(ZHAO, TEAM)]}), place=OF_HR)
    assert found == [Seat(ZHAO, Ground.ROLE), Seat(SUN, Ground.ROLE)], "not Wang, who asks"
    assert reason(found[0]).en == "as holder of the role"


@pytest.mark.clause("DEC-2")
def test_who_holds_a_role_and_is_away_is_stood_in_for_by_their_delegate() -> None:
    posts = replace(ACME, roles={"hr": [Holder(ZHAO)]}, delegations={ZHAO: [Delegated(SUN, away=True)]})
    assert seats(posts, place=OF_HR) == [Seat(SUN, Ground.DELEGATE, ZHAO)]


@pytest.mark.clause("DEC-2")
def test_where_nobody_holds_a_role_the_head_above_the_requesters_stands_in() -> None:
    vacant = seats(ACME, place=OF_HR)
    assert vacant == [Seat(LIN, Ground.NEXT_HEAD, None, Cause.VACANT)]
    assert reason(vacant[0]).en == "as the next head up, because nobody holds the post"
    own = replace(ACME, roles={"hr": [Holder(WANG)]})
    assert seats(own, place=OF_HR) == [Seat(LIN, Ground.NEXT_HEAD, WANG, Cause.REQUESTER)]
    gone = replace(ACME, roles={"hr": [Holder(SUN)]}, employed=EVERYBODY - {SUN})
    assert seats(gone, place=OF_HR) == [Seat(LIN, Ground.NEXT_HEAD, SUN, Cause.VACANT)]
    assert [seat.person for seat in seats(replace(ACME, heads={SALES: CHEN}), place=OF_HR)] == [CHEN]


@pytest.mark.clause("DEC-2")
def test_an_overdue_role_has_the_head_above_the_requesters_asked_as_well() -> None:
    posts = replace(ACME, roles={"hr": [Holder(ZHAO)]})
    found = seats(posts, place=replace(OF_HR, overdue=True))
    assert [(seat.person, seat.ground) for seat in found] == [(ZHAO, Ground.ROLE), (LIN, Ground.OVERDUE)]


PEOPLE = sorted(EVERYBODY)
UNITS = [TOP, SALES, TEAM]
LEVELS = 3
SOMEBODY = st.sampled_from(PEOPLE)
POSTS = st.builds(
    lambda heads, deputies, given, employed, roles: replace(
        ACME, heads=heads, deputies=deputies, delegations=given, employed=frozenset(employed), roles={"hr": roles}
    ),
    st.dictionaries(st.sampled_from(UNITS), SOMEBODY),
    st.dictionaries(st.sampled_from(UNITS), st.lists(SOMEBODY, max_size=2)),
    st.dictionaries(SOMEBODY, st.lists(st.builds(Delegated, SOMEBODY, away=st.booleans()), max_size=2)),
    st.sets(SOMEBODY),
    st.lists(st.builds(Holder, SOMEBODY, st.none() | st.sampled_from(UNITS), below=st.booleans()), max_size=2),
)


@pytest.mark.clause("DEC-2")
@given(POSTS, SOMEBODY, st.sampled_from(UNITS), st.integers(0, LEVELS), st.integers(0, 1))
def test_nobody_decides_what_they_asked_for_and_only_who_is_employed_decides(
    posts: Posts, requester: UUID, unit: UUID, levels_up: int, overdue: int
) -> None:
    asks_head = Place(StepKind.HEAD, unit, levels_up=levels_up, overdue=overdue > 0)
    asks_role = Place(StepKind.ROLE, unit, role="hr", overdue=overdue > 0)
    found = seats(posts, requester=requester, place=asks_head if levels_up < LEVELS else asks_role)
    people = [seat.person for seat in found]
    assert requester not in people
    assert len(people) == len(set(people))
    assert set(people) <= posts.employed


@given(POSTS, SOMEBODY, st.sampled_from(UNITS))
def test_somebody_is_asked_wherever_a_head_above_could_decide(posts: Posts, requester: UUID, unit: UUID) -> None:
    able = [
        head
        for above in posts.path(unit)
        if (head := posts.heads.get(above)) and head != requester and head in posts.employed and not posts.away(head)
    ]
    assert seats(posts, requester=requester, place=Place(StepKind.HEAD, unit)) or not able
