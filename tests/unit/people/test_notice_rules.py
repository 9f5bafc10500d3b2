"""Rules of notices: what they may say, how they are tried again, and what a reminder says (PLN-2)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import new_id
from bylaw_people.rules.notices.delivering import MOST_TRIES, DeliveryState, Outcome, Outgoing, tried, wait_after
from bylaw_people.rules.notices.notice import (
    MOST_PEOPLE,
    Addressees,
    Notice,
    NoticeText,
    both_languages,
    require_sound,
)
from bylaw_people.rules.notices.preferences import Preferences
from bylaw_people.rules.notices.reminding import reminder
from bylaw_people.rules.organisation import Wording

NOW, TODAY = datetime(2026, 3, 2, 4, tzinfo=UTC), date(2026, 3, 2)
UNIT = UUID(int=1)
TEXT = NoticeText(Wording("停电通知", "Power cut"), Wording("周五停电。", "On Friday."))
NOTICE = Notice(new_id(), TEXT, NOW, to=Addressees(unit=UNIT))
OUTGOING = Outgoing(new_id(), new_id(), "smtp", 0, "zh", "停电通知", "周五停电。", "wang@acme.example", NOW)


def test_a_sound_notice_passes_as_it_is() -> None:
    require_sound(NOTICE, TODAY)
    require_sound(replace(NOTICE, standing=True, end_date=TODAY, read_by_date=TODAY, about="units/1"), TODAY)


@pytest.mark.parametrize(
    "notice",
    [
        replace(NOTICE, to=Addressees()),
        replace(NOTICE, to=Addressees(unit=UNIT, role="hr")),
        replace(NOTICE, to=Addressees(people=frozenset(UUID(int=number) for number in range(MOST_PEOPLE + 1)))),
        replace(NOTICE, text=NoticeText(Wording("两行\n标题", ""), TEXT.body)),
        replace(NOTICE, text=NoticeText(TEXT.title, Wording(" ", " "))),
        replace(NOTICE, text=NoticeText(TEXT.title, Wording("x" * 20_001, "x"))),
        replace(NOTICE, text=NoticeText(TEXT.title, Wording("\0", "x"))),
        replace(NOTICE, about="nowhere"),
        replace(NOTICE, standing=True),
        replace(NOTICE, end_date=TODAY - timedelta(days=1)),
    ],
)
def test_what_a_notice_cannot_be_is_refused(notice: Notice) -> None:
    with pytest.raises(FieldInvalid):
        require_sound(notice, TODAY)


def test_what_is_said_in_one_language_stands_for_both() -> None:
    said = both_languages(NoticeText(Wording("停电", ""), Wording("", "On Friday.")))
    assert said == NoticeText(Wording("停电", "停电"), Wording("On Friday.", "On Friday."))


def test_each_wait_is_four_times_the_one_before_up_to_six_hours() -> None:
    minutes = [int(wait_after(tries) / timedelta(minutes=1)) for tries in range(1, MOST_TRIES)]
    assert minutes == [1, 4, 16, 64, 256, 360, 360, 360, 360]


def test_a_try_ends_in_delivery_another_try_or_the_end() -> None:
    assert tried(OUTGOING, Outcome(), NOW).state is DeliveryState.DELIVERED
    again = tried(replace(OUTGOING, tries=2), Outcome("SMTP_UNREACHABLE"), NOW)
    assert (again.state, again.due_at - NOW, again.last_error) == (
        DeliveryState.WAITING,
        timedelta(minutes=16),
        "SMTP_UNREACHABLE",
    )
    last = tried(replace(OUTGOING, tries=MOST_TRIES - 1), Outcome("SMTP_UNREACHABLE"), NOW)
    assert last.state is tried(OUTGOING, Outcome("SMTP_REFUSED_FOR_GOOD", for_good=True), NOW).state
    assert last.state is DeliveryState.GIVEN_UP


@pytest.mark.clause("PLN-2")
def test_a_reminder_says_which_notice_and_what_is_asked_in_both_languages() -> None:
    by = replace(NOTICE, read_by_date=date(2026, 3, 5))
    assert reminder(by).title == Wording("请阅读：停电通知", "Not yet read: Power cut")
    asked = reminder(replace(by, needs_acknowledgement=True))
    assert asked.title == Wording("请确认：停电通知", "Not yet acknowledged: Power cut")
    assert "2026-03-05" in asked.body.zh
    assert "2026-03-05" in asked.body.en
    long = replace(by, text=NoticeText(Wording("长" * 200, "l" * 200), TEXT.body))
    require_sound(replace(long, text=reminder(long), read_by_date=None), TODAY)


def test_notices_go_out_in_chinese_or_english() -> None:
    assert Preferences() == Preferences("zh", outward=True)
    with pytest.raises(FieldInvalid):
        Preferences("fr")
