"""How far orders are, which version counts, what they claim and what left of them: pure rules (ORD-1, ORD-2)."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import permutations
from uuid import UUID, uuid4

import pytest
from bylaw_orders.rules.following.heard import MovedGoods
from bylaw_orders.rules.orders.issuing import issued_lines
from bylaw_orders.rules.orders.order import Line, LineKind, OrderKind, SourceState, order_id
from bylaw_orders.rules.orders.standing import Fulfilment, Payment, Shipping, fulfilment, payment
from bylaw_orders.rules.orders.versions import Seen, Version, compared
from bylaw_orders.rules.stocking.answer import Answer, HeldState, settled, unanswered
from bylaw_orders.rules.stocking.claim import Claim, ClaimState, Step, Wanted, due_again, next_step, reservation_id
from bylaw_orders.rules.stocking.reconciling import Disagreement, HeldInStock, disagreements
from hypothesis import given
from hypothesis import strategies as st

pytestmark = pytest.mark.clause("ORD-1", "ORD-2")
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
TEA, CUP = uuid4(), uuid4()
AMOUNTS = st.integers(0, 10**9)
STATES = [*ClaimState]


def of(
    quantity: int, *, cancelled: int = 0, issued: int = 0, item: UUID = TEA, kind: LineKind = LineKind.GOODS
) -> Line:
    """A line."""
    became = (Decimal(cancelled), Decimal(issued))
    return Line(kind, "TEA", "Tea", item, "piece", Decimal(quantity), Decimal(100), 0, 100 * quantity, *became)


def far(*lines: Line, reserved: int = 0, parcels: Sequence[Fulfilment] = ()) -> Fulfilment:
    """How far a paid sale is."""
    shipping = Shipping(Decimal(reserved), parcels)
    return fulfilment(OrderKind.SALE, lines, shipping, source=SourceState.PAID)


def test_an_order_is_as_far_as_the_least_of_its_goods() -> None:
    assert far(of(3)) is Fulfilment.WAITING
    assert far(of(3), reserved=2) is Fulfilment.RESERVED_IN_PART
    assert far(of(3), reserved=3) is Fulfilment.RESERVED
    assert far(of(3, issued=1), reserved=2) is Fulfilment.ISSUED_IN_PART
    assert far(of(3, issued=3)) is Fulfilment.ISSUED
    assert far(of(3, cancelled=1, issued=2)) is Fulfilment.ISSUED
    assert far(of(3, cancelled=3)) is Fulfilment.CANCELLED


def test_what_the_carrier_has_is_as_far_as_the_parcel_that_is_behind() -> None:
    on_their_way = [Fulfilment.SIGNED, Fulfilment.HANDED_OVER, Fulfilment.IN_TRANSIT]
    assert far(of(3, issued=3), parcels=on_their_way) is Fulfilment.HANDED_OVER
    assert far(of(3, issued=3), parcels=[Fulfilment.SIGNED]) is Fulfilment.SIGNED
    assert far(of(3, issued=2), reserved=1, parcels=[Fulfilment.SIGNED]) is Fulfilment.ISSUED_IN_PART


def test_there_is_nothing_to_ship_of_charges_credits_and_the_past() -> None:
    lines = (of(1, kind=LineKind.CHARGE),)
    assert far(*lines) is Fulfilment.NOTHING
    for kind, history in ((OrderKind.CREDIT, False), (OrderKind.ADJUSTMENT, False), (OrderKind.SALE, True)):
        found = fulfilment(kind, (of(3),), Shipping(), source=SourceState.PAID, history=history)
        assert found is Fulfilment.NOTHING


def test_what_never_was_in_our_hands_is_where_the_platform_says() -> None:
    said = {SourceState.SHIPPED: Fulfilment.HANDED_OVER, SourceState.FINISHED: Fulfilment.SIGNED}
    for state, expected in said.items():
        assert fulfilment(OrderKind.SALE, (of(3),), Shipping(), source=state) is expected


@given(total=AMOUNTS, paid=AMOUNTS, refunded=AMOUNTS)
def test_every_amount_is_one_state_of_payment(total: int, paid: int, refunded: int) -> None:
    found = payment(total, paid, refunded)
    assert (found in {Payment.REFUNDED, Payment.REFUNDED_IN_PART}) == (refunded > 0)
    if not refunded:
        assert (found is Payment.PAID) == (paid >= total)


@given(states=st.lists(st.sampled_from([*SourceState]), min_size=2, max_size=2))
def test_a_version_without_an_instant_never_takes_an_order_back(states: list[SourceState]) -> None:
    kept, came = (Seen(None, state, bytes([number])) for number, state in enumerate(states))
    there, back = compared(kept, came), compared(came, kept)
    assert Version.NEWER in {there, back}
    assert compared(kept, kept) is Version.SAME


def test_the_later_instant_decides_whatever_the_state() -> None:
    old = Seen(NOON, SourceState.SHIPPED, b"a")
    new = Seen(NOON + timedelta(seconds=1), SourceState.PAID, b"b")
    assert compared(old, new) is Version.NEWER
    assert compared(new, old) is Version.OLDER
    assert compared(old, Seen(NOON, SourceState.SIGNED, b"c")) is Version.OLDER


def test_one_channel_and_number_are_one_order_and_its_rounds_are_apart() -> None:
    channel = uuid4()
    assert order_id(channel, "A-1") == order_id(channel, "A-1")
    order = order_id(channel, "A-1")
    ids = {
        order,
        order_id(channel, "A-2"),
        order_id(uuid4(), "A-1"),
        reservation_id(order, 1),
        reservation_id(order, 2),
    }
    assert len(ids) == 5
    assert {one.version for one in ids} == {8}


def claim(state: ClaimState, wanted: Wanted = Wanted.HELD, **more: object) -> Claim:
    """A claim on three of one item."""
    return Claim(uuid4(), uuid4(), 1, uuid4(), "orders/S/1", {TEA: Decimal(3)}, wanted=wanted, state=state, **more)  # type: ignore[arg-type]


@given(wanted=st.sampled_from([*Wanted]), state=st.sampled_from(STATES), answers=st.lists(st.booleans(), max_size=6))
def test_whatever_is_answered_a_claim_comes_to_rest_where_it_is_wanted(
    wanted: Wanted, state: ClaimState, answers: list[bool]
) -> None:
    now, one = NOON, claim(state, wanted)
    for is_answered in [*answers, *[True] * 4]:
        step = next_step(one.wanted, one.state)
        if step is None:
            break
        stands = {Step.RESERVE: HeldState.HELD, Step.CONFIRM: HeldState.CONFIRMED, Step.RELEASE: HeldState.RELEASED}
        answer = Answer(stands[step], {TEA: Decimal(3)})
        after = settled(one, step, answer, now) if is_answered else unanswered(one, now)
        assert after.due is None or after.due >= now
        one = claim(after.state, wanted)
    at_rest = {Wanted.HELD: {ClaimState.CONFIRMED}, Wanted.NONE: {ClaimState.RELEASED}}[wanted]
    assert one.state in at_rest | {ClaimState.USED, ClaimState.LOST, ClaimState.RELEASED}


def test_what_nobody_answers_is_tried_again_later_and_later_and_five_minutes_at_most() -> None:
    pauses = [(due_again(NOON, tries) - NOON).total_seconds() for tries in range(12)]
    assert pauses[:4] == [1, 2, 4, 8]
    assert max(pauses) == pauses[-1] == 300


def test_what_is_short_waits_and_what_is_refused_for_good_needs_a_person() -> None:
    short = settled(claim(ClaimState.ASKED), Step.RESERVE, Answer(reason="STOCK_SHORT"), NOON)
    assert (short.state, short.due) == (ClaimState.SHORT, NOON + timedelta(minutes=10))
    late = settled(claim(ClaimState.HELD), Step.CONFIRM, Answer(reason="RESERVATION_ENDED"), NOON)
    assert (late.state, late.due) == (ClaimState.LOST, None)


@given(order=st.permutations([1, 2, 3]))
def test_goods_that_leave_are_those_of_the_first_lines_that_want_them(order: list[int]) -> None:
    lines = (of(2), of(5, item=CUP), of(3))
    left = issued_lines(lines, [(MovedGoods(TEA, Decimal(each)), 1) for each in order])
    assert sum(line.issued for line in left) == 6
    assert [int(line.issued) for line in left] == [2, 0, 4]
    back = issued_lines(left, [(MovedGoods(TEA, Decimal(6)), -1)])
    assert [int(line.issued) for line in back] == [0, 0, 0]


def test_what_the_two_services_disagree_on_is_named() -> None:
    good, gone = claim(ClaimState.CONFIRMED, reserved={TEA: Decimal(3)}), claim(ClaimState.RELEASED, Wanted.NONE)
    missed, less = (claim(ClaimState.CONFIRMED, reserved={TEA: Decimal(3)}) for _ in range(2))
    stranger = uuid4()
    held = {
        good.reservation: Decimal(3),
        gone.reservation: Decimal(3),
        less.reservation: Decimal(2),
        stranger: Decimal(1),
    }
    there = {one: HeldInStock(one, uuid4(), NOON, {TEA: left}) for one, left in held.items()}
    claims = {one.reservation: one for one in (good, gone, missed, less)}
    found = {one.reservation: one.kind for one in disagreements(claims, there)}
    assert found == {
        stranger: Disagreement.WITHOUT_ORDER,
        gone.reservation: Disagreement.NOT_WANTED,
        missed.reservation: Disagreement.NOT_HELD,
        less.reservation: Disagreement.OTHER_QUANTITY,
    }
    assert all(disagreements(dict(some), there) for some in permutations(claims.items(), 4))
