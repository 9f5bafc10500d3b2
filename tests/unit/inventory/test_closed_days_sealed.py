"""The seal of a closed day is of everything it says; a report's digest is of its lines."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from bylaw_inventory.exported_months import KINDS
from bylaw_inventory.rules.books.day import UNSEALED, ClosedDay, DayEntries, Disagreement, DisagreementKind
from bylaw_inventory.rules.books.duty import DutyDone
from bylaw_inventory.rules.books.month import Flow, MonthLine, digest_of, in_the_house, last_of
from bylaw_inventory.rules.ledger.movement import MovementKind

WAREHOUSE, ITEM, PLACE = UUID(int=1), UUID(int=2), UUID(int=3)
DAY = ClosedDay(
    WAREHOUSE,
    date(2026, 3, 2),
    date(2026, 3, 2),
    DayEntries(1, 2, bytes(32)),
    1,
    (Disagreement(DisagreementKind.COUNT, "spotCounts/1", "不符", "differs"),),
    "lent",
    datetime(2026, 3, 3, 1, tzinfo=UTC),
    "people/1",
    UNSEALED,
).sealed
OTHERWISE: list[dict[str, Any]] = [
    {"warehouse": ITEM},
    {"first_day": date(2026, 3, 1)},
    {"day": date(2026, 3, 3)},
    {"booked": DayEntries(2, 2, bytes(32))},
    {"booked": DayEntries(1, 3, bytes(32))},
    {"booked": DayEntries(1, 2, b"x" * 32)},
    {"spot_counts": 2},
    {"disagreements": ()},
    {"explanation": ""},
    {"closed_at": datetime(2026, 3, 3, 2, tzinfo=UTC)},
    {"closed_by": "people/2"},
    {"previous": b"x" * 32},
    {"cards": b"x" * 32},
    {"seal": b"x" * 32},
]
LINE = MonthLine(
    ITEM,
    "TEA",
    "Tea",
    "piece",
    PLACE,
    "A-01",
    Decimal(5),
    (Flow(MovementKind.ISSUE, Decimal(0), Decimal(2)), Flow(MovementKind.TRANSFER, Decimal(1), Decimal(3))),
)


@pytest.mark.clause("WHS-4")
def test_a_seal_holds_until_anything_is_said_otherwise() -> None:
    assert DAY.holds
    assert [change for change in OTHERWISE if replace(DAY, **change).holds] == []


@pytest.mark.clause("WHS-5")
def test_closing_is_opening_and_what_came_less_what_went() -> None:
    assert (LINE.came, LINE.went, LINE.closing) == (Decimal(1), Decimal(5), Decimal(1))


@pytest.mark.clause("WHS-5")
def test_in_the_house_what_moved_within_it_is_left_out() -> None:
    other = replace(
        LINE,
        place=UUID(int=4),
        place_code="A-02",
        opening=Decimal(0),
        flows=(Flow(MovementKind.TRANSFER, Decimal(3), Decimal(1)),),
    )
    (whole,) = in_the_house([LINE, other])
    assert whole.flows == (Flow(MovementKind.ISSUE, Decimal(0), Decimal(2)),)
    assert (whole.place, whole.opening, whole.closing) == (None, Decimal(5), LINE.closing + other.closing)


@pytest.mark.clause("WHS-5")
def test_the_digest_is_of_what_the_lines_say_and_not_of_how_a_quantity_is_written() -> None:
    same = replace(LINE, opening=Decimal("5.000000"))
    assert digest_of([same]) == digest_of([LINE])
    for change in ({"opening": Decimal(6)}, {"place_code": "A-02"}, {"item_code": "CUP"}, {"flows": ()}):
        assert digest_of([replace(LINE, **change)]) != digest_of([LINE])


def test_every_kind_of_movement_has_a_heading_in_both_languages() -> None:
    assert set(KINDS) == set(MovementKind)
    assert all(heading.zh and heading.en for heading in KINDS.values())


def test_a_month_ends_on_its_last_day() -> None:
    assert [last_of(date(year, month, 1)).day for year, month in ((2026, 2), (2028, 2), (2026, 12))] == [28, 29, 31]


def test_what_is_done_of_a_duty_is_packed_and_unpacked() -> None:
    done = DutyDone("close-days-x", (date(2026, 3, 2), date(2026, 3, 3)), "warehouses/x/bookDays/y", UUID(int=9))
    assert DutyDone.unpack(done.pack()) == done
    assert DutyDone.unpack(done._replace(by=None).pack()).by is None
