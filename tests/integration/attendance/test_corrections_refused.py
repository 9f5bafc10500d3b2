"""What cannot be corrected: one clear refusal each, and nothing half-stored."""

import threading
from collections.abc import Iterator

import grpc
import pytest
import sqlalchemy as sa
from bylaw_attendance.store.correction_tables import corrections

from tests.builders.corrections import IN, OUT, Shop, refusal, shop_of
from tests.builders.people import reason
from tests.databases import Databases

MORNING = "2026-02-27 08:21"


@pytest.fixture
def shop(postgres: Databases) -> Iterator[Shop]:
    with shop_of(postgres) as made:
        yield made


def kept(shop: Shop) -> int:
    with shop.attendance.service.database.read() as connection:
        return int(connection.execute(sa.select(sa.func.count()).select_from(corrections)).scalar_one())


@pytest.mark.clause("ATT-1")
def test_a_month_takes_three_and_names_those_that_count(shop: Shop) -> None:
    shop.refuse(shop.ask("2026-02-23 08:21").name)
    shop.withdraw(shop.ask("2026-02-23 08:21").name)
    accepted = shop.accept(shop.ask("2026-02-24 08:21").name)
    waits = shop.ask("2026-02-25 18:02", OUT)
    shop.ask("2026-02-26 08:21")

    told = refusal(shop.ask, MORNING)

    assert (told.reason, told.clause) == ("CORRECTION_QUOTA_USED", "ATT-1")
    assert "2026-02 are used up: the quota is 3" in told.message_en
    for used in ("2026-02-24 08:21", "2026-02-25 18:02", "2026-02-26 08:21"):
        assert used in told.message_en
        assert used in told.message_zh
    assert kept(shop) == 5
    assert shop.ask("2026-03-02 08:21").month == "2026-03", "March has its own"
    assert shop.ask(MORNING, person=shop.ben).employee_number == "B-1", "and so has Ben"
    shop.withdraw(waits.name)
    assert shop.ask(MORNING).month == accepted.month


@pytest.mark.clause("ATT-1")
def test_two_who_ask_at_once_do_not_outrun_the_quota(shop: Shop) -> None:
    for day in (24, 25):
        shop.ask(f"2026-02-{day} 08:21")
    together, outcomes = threading.Barrier(4), list[str]()

    def ask(day: int) -> None:
        together.wait()
        try:
            outcomes.append(shop.ask(f"2026-02-{day} 18:02", OUT).month)
        except grpc.RpcError as error:
            outcomes.append(reason(error))

    asking = [threading.Thread(target=ask, args=(day,)) for day in (10, 11, 12, 13)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()

    assert sorted(outcomes) == ["2026-02", *["CORRECTION_QUOTA_USED"] * 3]
    assert kept(shop) == 3


@pytest.mark.clause("ATT-1")
def test_a_punch_that_is_there_within_ten_minutes_needs_no_correction(shop: Shop) -> None:
    shop.attendance.punch(shop.anna, "2026-02-27 08:30:59")
    told = refusal(shop.ask, "2026-02-27 08:21:00")
    assert told.reason == "PUNCH_ON_RECORD"
    assert "2026-02-27 08:30:59" in told.message_en
    assert shop.ask("2026-02-27 08:20:58").local_time == "2026-02-27 08:20:58"

    shop.attendance.punch(shop.anna, "2026-02-26 08:22:00", direction=IN)
    assert refusal(shop.ask, "2026-02-26 08:21").reason == "PUNCH_ON_RECORD"
    assert shop.ask("2026-02-26 08:21", OUT).direction == OUT, "what certainly came did not go"
    assert kept(shop) == 2


@pytest.mark.clause("ATT-1")
def test_what_a_clock_sends_while_a_correction_waits_is_not_doubled(shop: Shop) -> None:
    asked = shop.ask(MORNING)
    shop.attendance.punch(shop.anna, f"{MORNING}:40")

    assert refusal(shop.accept, asked.name).reason == "PUNCH_ON_RECORD"

    assert [punch.source for punch in shop.punches()] == ["api"]
    assert shop.get(asked.name) == asked
    assert shop.refuse(asked.name, "the clock has it").end_text == "the clock has it"


def test_the_same_is_not_asked_for_twice_while_it_waits(shop: Shop) -> None:
    asked = shop.ask(MORNING)
    told = refusal(shop.ask, "2026-02-27 08:25")
    assert told.reason == "CORRECTION_ASKED"
    assert asked.name in told.message_en
    assert kept(shop) == 1


def test_the_same_wish_again_is_one_correction_and_one_punch(shop: Shop) -> None:
    first, again = (shop.ask(MORNING, request_id="wish-1") for _ in range(2))
    assert first == again
    accepted = [shop.accept(first.name, request_id="yes-1") for _ in range(2)]
    assert accepted[0] == accepted[1]
    assert len(shop.punches()) == 1


@pytest.mark.clause("ATT-1")
def test_two_heads_at_once_make_one_punch(shop: Shop) -> None:
    asked, together, outcomes = shop.ask(MORNING), threading.Barrier(2), list[str]()

    def decide(call: object) -> None:
        together.wait()
        try:
            call(asked.name, caller=shop.attendance.everything)  # type: ignore[operator]
            outcomes.append("done")
        except grpc.RpcError as error:
            outcomes.append(reason(error))

    deciding = [threading.Thread(target=decide, args=(call,)) for call in (shop.accept, shop.accept)]
    for thread in deciding:
        thread.start()
    for thread in deciding:
        thread.join()

    assert sorted(outcomes) == ["CORRECTION_OVER", "done"]
    assert len(shop.punches()) == 1


@pytest.mark.parametrize(
    ("local_time", "why"),
    [
        ("2026-03-02 20:30", "PUNCH_IN_FUTURE"),
        ("2026-03-09 08:21", "PUNCH_IN_FUTURE"),
        ("2026-01-29 08:21", "CORRECTION_TOO_LATE"),
        ("2025-12-31 08:21", "PERSON_NOT_EMPLOYED"),
        ("2026-02-30 08:21", "PUNCH_DATE_IMPOSSIBLE"),
        ("yesterday", "PUNCH_LINE_MALFORMED"),
        ("2026-02-27 08:21+08:00", "PUNCH_LINE_MALFORMED"),
        ("1999-12-31 08:21", "PERSON_NOT_EMPLOYED"),
        ("", "PUNCH_LINE_MALFORMED"),
    ],
)
def test_a_time_that_cannot_be_corrected_is_refused_with_its_reason(shop: Shop, local_time: str, why: str) -> None:
    told = refusal(shop.ask, local_time)
    assert told.reason == why
    assert told.message_zh != told.message_en
    assert kept(shop) == 0


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"direction": 0}, "punch_correction.direction"),
        ({"direction": 9}, "punch_correction.direction"),
        ({"reason": "  "}, "punch_correction.reason"),
        ({"reason": "x" * 201}, "punch_correction.reason"),
        ({"evidence": "a\nb"}, "punch_correction.evidence"),
    ],
)
def test_a_wish_that_says_too_little_or_too_much_is_refused_with_its_field(
    shop: Shop, wish: dict[str, object], field: str
) -> None:
    told = refusal(shop.ask, MORNING, **wish)
    assert (told.reason, [one.field for one in told.violations]) == ("FIELD_INVALID", [field])
    assert kept(shop) == 0


def test_a_refusal_without_words_is_refused(shop: Shop) -> None:
    asked = shop.ask(MORNING)
    assert [one.field for one in refusal(shop.refuse, asked.name, " ").violations] == ["text"]
    assert shop.get(asked.name) == asked
