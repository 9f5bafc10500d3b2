"""Where a parcel is follows from all that is known of it: no order, repeat or gap of telling changes that (ORD-2)."""

from datetime import UTC, datetime, timedelta

import pytest
from bylaw_orders.rules.orders.standing import Fulfilment
from bylaw_orders.rules.tracking.couriers import courier_code
from bylaw_orders.rules.tracking.states import WAY_BACK, SignedBy, State, stage
from bylaw_orders.rules.tracking.texts import without_people
from bylaw_orders.rules.tracking.track import Tracked, Whereabouts, merged, own_events, whereabouts
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.clause("ORD-2")
DAY = datetime(2026, 3, 2, tzinfo=UTC)
EVENTS = st.builds(
    Tracked,
    st.integers(0, 6).map(lambda hours: DAY + timedelta(hours=hours)),
    st.sampled_from("甲乙丙"),
    st.none() | st.sampled_from(State),
    code=st.sampled_from(["", "3"]),
    signed_by=st.none() | st.sampled_from(SignedBy),
)


def way(*states: State | None) -> list[Tracked]:
    """One event an hour."""
    return [Tracked(DAY + timedelta(hours=hour), f"{hour}", state) for hour, state in enumerate(states)]


def at(*states: State | None) -> State:
    return whereabouts(way(*states)).state


@given(st.data(), st.lists(EVENTS, max_size=8))
def test_whatever_order_and_however_often_it_is_told_the_parcel_is_where_it_is(
    data: st.DataObject, events: list[Tracked]
) -> None:
    told = data.draw(st.permutations([*events, *data.draw(st.lists(st.sampled_from(events or [way(None)[0]])))]))
    if events:
        assert whereabouts(told) == whereabouts(events)
        assert merged(merged(told)) == merged(events)


@given(st.lists(EVENTS, max_size=6), st.lists(EVENTS, max_size=6))
def test_reports_in_parts_come_to_what_one_whole_report_comes_to(some: list[Tracked], others: list[Tracked]) -> None:
    assert merged([*merged(some), *others]) == merged([*others, *merged(some)]) == merged([*some, *others])


@given(st.lists(EVENTS, max_size=8), EVENTS)
def test_nothing_but_a_return_takes_a_signature_away(events: list[Tracked], late: Tracked) -> None:
    before = whereabouts(events).state
    after = whereabouts([*events, late]).state
    if before is State.SIGNED and late.state not in WAY_BACK:
        assert after in {State.SIGNED, *WAY_BACK}, (
            "only a return that was known before may show behind another signature"
        )
    if before is State.SIGNED and late.state not in WAY_BACK | {State.SIGNED}:
        assert after is State.SIGNED


def test_a_late_event_has_its_place_in_time() -> None:
    known = way(State.PICKED_UP, State.IN_TRANSIT, State.OUT_FOR_DELIVERY, State.SIGNED)
    late = Tracked(DAY + timedelta(minutes=90), "late", State.IN_TRANSIT)
    behind = Tracked(DAY + timedelta(hours=9), "a scan in the depot", State.IN_TRANSIT)
    assert whereabouts([*known, late]).state is State.SIGNED
    assert whereabouts([*known, behind]).state is State.SIGNED


def test_a_return_that_begins_behind_the_signature_counts() -> None:
    assert at(State.SIGNED, State.RETURNING) is State.RETURNING
    assert at(State.SIGNED, State.RETURNING, State.IN_TRANSIT, State.OUT_FOR_DELIVERY) is State.RETURNING
    assert at(State.REFUSED, State.RETURNING, State.SIGNED) is State.RETURN_SIGNED, (
        "on its way back it is the shop that signs"
    )
    assert at(State.REFUSED, State.SIGNED) is State.SIGNED, "who refused it today may take it tomorrow"
    assert at(State.RETURN_SIGNED, State.IN_TRANSIT, State.SIGNED) is State.RETURN_SIGNED


def test_a_locker_is_not_the_customer() -> None:
    waiting = whereabouts(way(State.OUT_FOR_DELIVERY, State.IN_LOCKER))
    assert (waiting.state, waiting.signed_at, waiting.signed_by) == (State.IN_LOCKER, None, None)
    taken = whereabouts(way(State.OUT_FOR_DELIVERY, State.IN_LOCKER, State.SIGNED))
    assert taken == Whereabouts(
        State.SIGNED,
        way(None, None, None)[2].at,
        way(None, None, None)[2].at,
        SignedBy.LOCKER,
        way(None, None, None)[2].at,
    )


def test_a_proxy_is_named() -> None:
    signed = Tracked(DAY, "代签", State.SIGNED, signed_by=SignedBy.PROXY)
    assert whereabouts([signed]).signed_by is SignedBy.PROXY


def test_an_event_of_which_nothing_is_said_moves_only_what_had_no_trace() -> None:
    assert at(None) is State.IN_TRANSIT
    assert at(State.OUT_FOR_DELIVERY, None) is State.OUT_FOR_DELIVERY
    assert at(State.NO_TRACE, State.NO_TRACE) is State.NO_TRACE
    assert at(State.IN_TRANSIT, State.PICKED_UP) is State.IN_TRANSIT
    assert at(State.OUT_FOR_DELIVERY, State.PROBLEM, State.IN_TRANSIT) is State.IN_TRANSIT


def test_of_two_tellings_of_one_event_the_one_that_tells_more_stays() -> None:
    plain, told = Tracked(DAY, "x"), Tracked(DAY, "x", State.OUT_FOR_DELIVERY, code="5")
    assert merged([told, plain]) == merged([plain, told]) == [told]


def test_what_happened_long_before_the_hand_over_was_another_parcel_of_the_same_number() -> None:
    year_ago = Tracked(DAY - timedelta(days=400), "已签收", State.SIGNED)
    ahead = Tracked(DAY + timedelta(days=400), "已签收", State.SIGNED)
    own = way(State.PICKED_UP)
    assert own_events([year_ago, *own, ahead], handed_over_at=DAY, now=DAY) == own


def test_how_far_an_order_is_by_a_parcel() -> None:
    assert stage(State.NO_TRACE, was_signed=False) is Fulfilment.HANDED_OVER
    assert stage(State.IN_LOCKER, was_signed=False) is Fulfilment.IN_TRANSIT
    assert stage(State.SIGNED, was_signed=False) is Fulfilment.SIGNED
    assert stage(State.RETURNING, was_signed=True) is Fulfilment.SIGNED
    assert stage(State.RETURN_SIGNED, was_signed=False) is Fulfilment.IN_TRANSIT


@pytest.mark.clause("CUS-1")
@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("已签收,签收人是: 草签", "已签收,签收人是: ***"),
        ("客户 签收人 : 甲 已签收", "客户 签收人 : *** 已签收"),
        ("派件员 王芳 电话 138 1234 5678 派件中", "派件员 *** 电话 *** 派件中"),
        ("快件已暂存至驿站,如有疑问请联系13800000000", "快件已暂存至驿站,如有疑问请联系***"),
        ("(0730-0000000)-派件中", "(***)-派件中"),
        ("Signed for by: L.Smith", "Signed for by: ***.Smith"),
        ("mail an@example.org\r\nX: 1", "mail *** X: 1"),
        ("湖南平江公司-已发往-湖南平江冬塔乡服务点", "湖南平江公司-已发往-湖南平江冬塔乡服务点"),
    ],
)
def test_names_and_telephones_are_not_kept(text: str, kept: str) -> None:
    assert without_people(text).replace("***.Smith", "***.Smith") == kept
    assert len(without_people(text * 1000)) <= 500


@pytest.mark.parametrize(
    ("carrier", "code"),
    [
        ("顺丰速运", "sf"),
        ("中通快递", "zto"),
        ("SF", "sf"),
        ("SF Express", "sf"),
        ("yunda", "yunda"),
        ("dhl-paket", "dhl-paket"),
        ("某某物流", ""),
        ("'; drop table", ""),
        ("", ""),
    ],
)
def test_a_carrier_is_known_by_its_name_in_either_language(carrier: str, code: str) -> None:
    assert courier_code(carrier) == code
