"""`bylaw leave`: balances and requests, a line each, in the language that is set."""

from typing import Any

import pytest
from bylaw_cli.leave_words import lines, preview
from bylaw_cli.looking_up import Names
from bylaw_cli.main import build
from bylaw_cli.rest import Rest
from bylaw_cli.wording import Language
from click.testing import CliRunner

BALANCES = [
    {
        "code": "annual",
        "unit": "LEAVE_UNIT_DAY",
        "amount": "3.5",
        "waiting": "1",
        "lapsing": "3.5",
        "lapseDate": "2026-12-31",
    },
    {"code": "lieu", "unit": "LEAVE_UNIT_MINUTE", "amount": "0", "waiting": "0"},
]
REQUESTS = [
    {
        "name": "leaveRequests/01a217b0-0000-7000-8000-00002fb3a092",
        "startDate": "2026-03-10",
        "endDate": "2026-03-11",
        "title": {"zh": "年假", "en": "Annual leave"},
        "totalDays": "2",
        "state": "LEAVE_REQUEST_STATE_AGREED",
    },
    {
        "name": "leaveRequests/01a217b0-0000-7000-8000-00002fb3a093",
        "startDate": "2026-03-12",
        "endDate": "2026-03-12",
        "startTime": "14:00",
        "endTime": "16:00",
        "title": {"zh": "外勤", "en": "Duty outside"},
        "totalDays": "4/15",
        "state": "LEAVE_REQUEST_STATE_WAITING",
    },
    {
        "name": "leaveRequests/01a217b0-0000-7000-8000-00002fb3a094",
        "startDate": "2026-03-13",
        "endDate": "2026-03-13",
        "title": {"zh": "事假", "en": "Personal leave"},
        "totalDays": "1",
        "state": "LEAVE_REQUEST_STATE_REFUSED",
    },
]


def said(language: Language, balances: Any = BALANCES, requests: Any = REQUESTS) -> list[str]:
    return list(lines("1004", "2026-03-02", balances=balances, requests=requests, language=language))


@pytest.mark.clause("LVE-1")
def test_what_is_left_what_waits_and_what_lapses_is_read_in_a_line() -> None:
    english = said("en")
    assert "  annual leave  3.5 days  asked for, not decided: 1  3.5 of it until 2026-12-31" in english
    assert "  time off in lieu  0 minutes" in english
    assert "  2fb3a092  2026-03-10 – 2026-03-11  Annual leave  2 days  agreed" in english
    assert "  2fb3a093  2026-03-12 14:00–16:00  Duty outside  4/15 days  waits" in english
    assert "  2fb3a094  2026-03-13  Personal leave  1 day  refused" in english
    chinese = said("zh")
    assert "  年假  3.5 天  待审批 1  其中 3.5 至 2026-12-31 有效" in chinese
    assert "  2fb3a092  2026-03-10 – 2026-03-11  年假  2 天  已批准" in chinese


def test_who_has_none_is_told_so() -> None:
    assert [line for line in said("en", [], []) if line == "  none"] == ["  none", "  none"]


def test_a_day_that_is_none_is_refused_before_anything_is_asked() -> None:
    refused = CliRunner().invoke(build("zh"), ["leave", "1004", "--date", "2026-10"])
    assert (refused.exit_code, refused.output.strip()) == (1, "错误：--date 应为日期，如 2026-10-12。")


@pytest.mark.clause("LVE-1")
def test_what_later_days_were_promised_and_what_may_still_be_asked_for_stand_beside_what_is_there() -> None:
    balance = {**BALANCES[0], "waiting": "0", "booked": "2", "waitingLater": "0.5", "free": "1", "lapsing": ""}
    promised = "promised to later days: 2  asked for of later days, not decided: 0.5  may still be asked for: 1"
    assert f"  annual leave  3.5 days  {promised}" in said("en", [balance])
    assert "  年假  3.5 天  以后日期已批准 2  以后日期待审批 0.5  还可申请 1" in said("zh", [balance])


@pytest.mark.clause("LVE-2")
def test_whoever_heads_everything_is_told_that_their_leave_holds_at_once() -> None:
    told = {"leaveRequest": {**REQUESTS[0], "days": []}, "onOwnResponsibility": True}
    shown = list(preview(told, Names(Rest("http://bylaw.example", "en"), "en"), "en"))
    assert shown[-1].startswith("  nobody is above you: it holds at once")
