"""Every finding says in both languages what was seen, what was due, and by which clause."""

import pytest
from bylaw_attendance.rules.sheets.shown_sheet import ShownCard
from bylaw_attendance.wording import explained
from bylaw_hooks import Kind
from bylaw_kit.reading import Side

FINDINGS = [kind for kind in Kind if kind is not Kind.UNASKED]


def card(side: Side, kind: Kind, punch: str = "", minutes: int = 0) -> ShownCard:
    return ShownCard(side, "2026-02-03 08:25", punch, kind, minutes, "ATT-2")


@pytest.mark.clause("ATT-2")
def test_a_late_arrival_reads_as_a_sentence() -> None:
    said = explained(card(Side.IN, Kind.LATE, "2026-02-03 08:35:59", 10))

    assert said.en == "Signed in 08:35, 10 minutes after 08:25: late (ATT-2)."
    assert said.zh == "08:35 签到，晚于 08:25 10 分钟：迟到(ATT-2)。"


def test_one_minute_is_no_plural() -> None:
    assert "1 minute after" in explained(card(Side.IN, Kind.LATE, "2026-02-03 08:26:00", 1)).en


def test_a_punch_of_another_date_shows_its_date() -> None:
    assert "2026-02-04 00:10" in explained(card(Side.OUT, Kind.ON_TIME, "2026-02-04 00:10:00")).en


@pytest.mark.clause("SHT-1")
def test_absence_of_somebody_who_came_says_that_no_leave_was_granted() -> None:
    said = explained(card(Side.IN, Kind.ABSENT, "2026-02-03 09:43:00", 78))

    assert said.en == (
        "Signed in 09:43, 78 minutes after 08:25, and no leave was granted by the hand-over: absent (ATT-2)."
    )


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize("kind", FINDINGS)
def test_every_finding_names_its_due_time_and_its_clause_in_both_languages(side: Side, kind: Kind) -> None:
    for sentence in explained(card(side, kind, "2026-02-03 09:43:00", 78)):
        assert "08:25" in sentence
        assert "ATT-2" in sentence
