"""Commands on requests against a small gateway: who and what is meant, what is sent, what is not, and what is said."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.cli.small_gateway import Asked, Refusal, served

ID = "01a217b0-0000-7000-8000-00002fb3a0{:02}"
OBJECTION = {
    "name": f"objections/{ID.format(1)}",
    "sheet": "people/li/sheets/2026-10",
    "employeeNumber": "1020",
    "days": ["2026-10-27"],
    "text": "考勤机断电",
    "state": "OBJECTION_STATE_WAITING",
    "answer": "",
    "etag": "7",
}
OVER = {**OBJECTION, "name": f"objections/{ID.format(2)}", "state": "OBJECTION_STATE_WITHDRAWN"}
OTHER = {**OBJECTION, "name": f"objections/{ID.format(3)}", "employeeNumber": "1021", "days": ["2026-10-28"]}
LI = {"name": "people/li", "number": "1020", "login": "li.an", "displayName": "李安"}
NAMESAKE = {"name": "people/li2", "number": "1021", "login": "li.an.2", "displayName": "李安"}
CELL = {
    "person": "people/li",
    "employeeNumber": "1020",
    "workDate": "2026-12-02",
    "code": "rest",
    "shiftPattern": "",
    "shortNotice": False,
}
PREVIEW = {
    "leaveRequest": {
        "title": {"zh": "年假", "en": "Annual leave"},
        "startDate": "2026-12-07",
        "endDate": "2026-12-07",
        "totalDays": "1",
        "balance": "annual",
        "days": [{"workDate": "2026-12-07", "part": "LEAVE_PART_DAY", "days": "1", "givenBack": False}],
    },
    "left": "1/2",
    "unit": "LEAVE_UNIT_DAY",
    "objections": [
        {"message": {"zh": "余额不足", "en": "less is there"}, "clause": "LVE-1", "reason": "LEAVE_BALANCE"}
    ],
    "steps": [{"deciders": [{"person": "people/li", "reason": {"zh": "作为负责人", "en": "as head"}}]}, {}],
}
KINDS = [{"code": "annual", "title": {"zh": "年假", "en": "Annual leave"}}]
ROTA = "/v1/units/u/rotaCells"
PUNCHES = [
    {"name": "punches/1", "localTime": "2026-10-27 08:21:05"},
    {"name": "punches/2", "localTime": "2026-10-27 12:03:00"},
]


def people(query: Any) -> Any:
    """The list of people: by number, or everybody."""
    return {"people": [one for one in (LI, NAMESAKE) if query.get("number", one["number"]) == one["number"]]}


ANSWERS = {
    ("GET", "/v1/objections"): {"objections": [OBJECTION, OVER, OTHER]},
    ("POST", f"/v1/{OBJECTION['name']}:answer"): {**OBJECTION, "state": "OBJECTION_STATE_UPHELD", "answer": "属实"},
    ("POST", f"/v1/{OBJECTION['name']}:withdraw"): OVER,
    ("POST", "/v1/objections"): OBJECTION,
    ("GET", "/v1/people"): people,
    ("GET", "/v1/people/li"): LI,
    ("GET", "/v1/units"): lambda query: {"units": [{"name": "units/u"}] if query.get("code") == "SALES" else []},
    ("GET", "/v1/sites"): {"sites": [{"name": "sites/h", "code": "HQ"}]},
    ("GET", "/v1/people/me/leaveKinds"): {"leaveKinds": KINDS},
    ("GET", "/v1/people/li/leaveKinds"): {"leaveKinds": KINDS},
    ("GET", "/v1/leaveRequests:preview"): PREVIEW,
    ("GET", ROTA): {"rotaCells": [CELL]},
    ("DELETE", "/v1/people/li/rotaCells/2026-12-02"): CELL,
    ("POST", f"{ROTA}:publish"): Refusal("no", "ROTA_REFUSED"),
    ("GET", "/v1/people/li/sheets/2026-10/versions"): {"versions": []},
    ("GET", "/v1/people/li/punches"): {"punches": PUNCHES},
    ("POST", "/v1/people/li/sheets/2026-10:correct"): Refusal("It is not closed.", "MONTH_NOT_CLOSED"),
    ("POST", "/v1/rotaSwaps"): Refusal("no", "ROTA_REFUSED"),
    ("POST", "/v1/pushingClocks"): {"name": "clocks/1", "serialNumber": "CKJ7", "site": "sites/h"},
}


@pytest.fixture
def asked() -> Asked:
    """What the gateway was asked to do."""
    return Asked()


@pytest.fixture
def bylaw(asked: Asked) -> Iterator[Any]:
    with served(ANSWERS, asked) as typing:
        yield typing


def said(done: Result) -> str:
    return f"{done.exit_code} {done.output.rstrip()}"


@pytest.mark.clause("SHT-2")
def test_an_objection_is_made_to_ones_own_sheet_and_answered_with_what_was_seen(bylaw: Any, asked: Asked) -> None:
    assert bylaw("objection", "make", "2026-10", "考勤机断电", "--day", "2026-10-27").exit_code == 0
    made = {"sheet": "people/me/sheets/2026-10", "text": "考勤机断电", "days": ["2026-10-27"]}
    done = bylaw("objection", "answer", "2026-10-27", "属实", "--upheld", language="zh")
    assert said(done) == "0 2fb3a001  1020 李安  2026-10  2026-10-27  考勤机断电  答复：属实  成立"
    answer = {"upheld": True, "text": "属实", "etag": "7"}
    name = f"/v1/{OBJECTION['name']}:answer"
    assert asked.writes == [("POST", "/v1/objections", made), ("POST", name, answer)]


def test_a_day_means_the_one_that_is_not_over_and_an_id_any(bylaw: Any, asked: Asked) -> None:
    bylaw("objection", "cancel", "2026-10-27")
    bylaw("objection", "cancel", "a001")
    assert [path for _, path, _ in asked.writes] == [f"/v1/{OBJECTION['name']}:withdraw"] * 2


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("2026-10", "2 are of 2026-10: 2fb3a001, 2fb3a003. Type the ID of one."),
        ("2026-10-29", "No objection of 2026-10-29: type the ID that the list shows."),
        ("", "No objection of : type the ID that the list shows."),
    ],
)
def test_what_is_not_clear_is_done_to_none(bylaw: Any, asked: Asked, typed: str, why: str) -> None:
    assert said(bylaw("objection", "cancel", typed)) == f"1 Error: {why}"
    assert asked.writes == []


@pytest.mark.clause("HRS-2")
def test_a_swap_is_asked_of_a_colleague_within_reach_by_name_and_of_any_by_number(bylaw: Any, asked: Asked) -> None:
    days = ["2026-12-01", "2026-12-02"]
    bylaw("swap", "ask", "li.an", *days)
    bylaw("swap", "ask", "1099", *days)
    unseen = bylaw("swap", "ask", "孙宁", *days)
    assert said(unseen).endswith("A colleague whom you do not see is named by employee number.")
    wish = {"workDates": days, "reason": ""}
    assert [sent for _, _, sent in asked.writes] == [
        {"otherPerson": "people/li", **wish},
        {"otherEmployeeNumber": "1099", **wish},
    ]


def test_a_person_is_found_by_number_login_and_name_and_of_several_the_numbers_are_named(bylaw: Any) -> None:
    for typed in ("1020", "li.an", "LI.AN", "people/li"):
        assert bylaw("rota", "take-back", typed, "2026-12-02").output == "1020 李安  2026-12-02: taken back\n"
    several = bylaw("rota", "take-back", "李安", "2026-12-02", language="zh")
    assert said(several) == "1 错误：有 2 人名为 李安：1020、1021。请输入工号。"
    nobody = bylaw("rota", "take-back", "1999", "2026-12-02")
    assert said(nobody) == "1 Error: Nobody within your reach has employee number 1999, or is called so."
    assert "There is no site with code X; there are: HQ." in bylaw("clock", "list", "--site", "X").output


@pytest.mark.clause("LVE-1")
def test_leave_that_something_speaks_against_is_not_sent_and_it_is_said_what(bylaw: Any, asked: Asked) -> None:
    done = bylaw("leave", "ask", "年假", "2026-12-07", "--yes")
    assert said(done) == "1 Error: It cannot be asked for:\n  less is there [LVE-1] (LEAVE_BALANCE)"
    assert asked.writes == []
    lines = bylaw("leave", "ask", "Annual Leave", "2026-12-07", "--preview").output.splitlines()
    assert "  left of annual leave afterwards: 1/2 days" in lines
    assert "  asked, one after the other: 李安 (as head); then nobody who could answer" in lines
    assert json.loads(bylaw("leave", "ask", "annual", "2026-12-07", "--preview", "--json").output) == PREVIEW
    unknown = bylaw("leave", "ask", "frog", "2026-12-07")
    assert said(unknown) == "1 Error: There is no kind of leave frog; there are: annual (Annual leave)."


@pytest.mark.parametrize(
    ("words", "place"),
    [
        (("leave", "ask", "annual", "2026-02-30"), "FIRST"),
        (("leave", "show", "--date", "tomorrow"), "--date"),
        (("swap", "ask", "1020", "2026-12-01", "12-02"), "DAYS"),
        (("correct", "1020", "2026-10", "--day-off", "27"), "--day-off"),
    ],
)
def test_a_day_that_is_none_is_named_where_it_was_typed(bylaw: Any, words: tuple[str, ...], place: str) -> None:
    assert f"{place} is a date such as 2026-10-12." in bylaw(*words).output.replace("[DAYS]...", "DAYS")


@pytest.mark.clause("HRS-2")
def test_what_a_file_takes_back_and_publishes_goes_in_one_request(bylaw: Any, asked: Asked, tmp_path: Path) -> None:
    file = tmp_path / "rota.csv"
    file.write_text("number,name,2026-12-02,2026-12-03\n1020,,-,frog\n")
    done = bylaw("rota", "publish", "SALES", str(file), "--yes")
    assert "no (ROTA_REFUSED)" in done.output
    cells = [
        {"person": "people/li", "workDate": "2026-12-02", "code": ""},
        {"person": "people/li", "workDate": "2026-12-03", "code": "frog"},
    ]
    assert asked.writes == [("POST", f"{ROTA}:publish", {"rotaCells": cells})]


@pytest.mark.clause("SHT-3")
def test_what_is_corrected_of_a_closed_sheet_is_typed_by_day_and_time(bylaw: Any, asked: Asked) -> None:
    wish = ["--punch", "2026-10-27 08:21 in", "--punch", "2026-10-28 18:02", "--strike", "2026-10-27 12:03"]
    wish += ["--day-off", "2026-10-29", "--word", "2026-10-30=", "--kind", "2026-10-30=worked"]
    wish += ["--hours", "2026-10-31=09:00-12:00,13:00-17:00", "--leave", "年假", "--leave-from", "2026-10-26"]
    done = bylaw("correct", "li.an", "2026-10", *wish, "--leave-half", "first", "--reason", "门禁记录", "--yes")
    assert "It is not closed. (MONTH_NOT_CLOSED)" in done.output
    half = "DAY_HALF_FIRST"
    assert asked.writes[0][2] == {
        "reason": "门禁记录",
        "punches": [
            {"localTime": "2026-10-27 08:21", "direction": "DIRECTION_IN"},
            {"localTime": "2026-10-28 18:02"},
        ],
        "struckPunches": ["punches/2"],
        "days": [
            {"workDate": "2026-10-29", "dayOff": True},
            {"workDate": "2026-10-30", "rotaWord": "", "kind": "CORRECTED_DAY_KIND_WORKED"},
            {"workDate": "2026-10-31", "hours": ["09:00-12:00", "13:00-17:00"]},
        ],
        "leave": {"kind": "annual", "startDate": "2026-10-26", "startHalf": half, "endHalf": half},
    }


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        (
            ["--strike", "2026-10-27 09:00"],
            "0 punches of 2026-10-27 09:00 are on record; those of the day: 08:21:05, 12:03:00.",
        ),
        (["--punch", "2026-10-27"], "--punch is a day, a time"),
        (["--punch", "2026-10-27 08:21 up"], "--punch is a day, a time"),
        (["--kind", "2026-10-27=frog"], "--kind is a day and what it is, such as 2026-10-27=off|worked|ordinary."),
        (["--word", "rest"], "--word is a day and what it is, such as 2026-10-27=rest."),
        (["--leave", "annual"], "--leave goes with --leave-from DAY."),
        (["--day-off", "2026-10-27"], "Say what is corrected and why: --reason TEXT."),
    ],
)
def test_a_correction_that_cannot_be_read_is_sent_to_nobody(
    bylaw: Any, asked: Asked, wish: list[str], why: str
) -> None:
    assert why in bylaw("correct", "1020", "2026-10", *wish, "--yes").output
    assert asked.writes == []


def test_without_anything_to_correct_the_versions_are_listed(bylaw: Any) -> None:
    assert said(bylaw("correct", "1020", "2026-10")) == "0 It is not closed, and has no versions."


@pytest.mark.clause("ATT-1")
def test_the_key_of_a_clock_is_asked_for_and_never_typed_as_an_option(bylaw: Any, asked: Asked) -> None:
    bylaw("clock", "register", "CKJ7", "--site", "HQ", "--key", "--network", "10.8.0.0/24", typed="a-secret\n")
    wish = {"serialNumber": "CKJ7", "site": "HQ", "allowedLagSeconds": 0, "sourceNetworks": ["10.8.0.0/24"]}
    assert asked.writes == [("POST", "/v1/pushingClocks", {**wish, "communicationKey": "a-secret"})]
    bylaw("clock", "register", "CKJ7", "--site", "HQ", "--no-key")
    assert asked.writes[-1][2]["communicationKey"] == ""


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("objection", "answer", "a001", "text"), "--upheld or --dismissed."),
        (("company-day", "publish", "2026-12-08", "--everybody", "--zh", "休", "--en", "off"), "--off or --worked."),
    ],
)
def test_what_decides_something_is_never_taken_for_granted(
    bylaw: Any, asked: Asked, words: tuple[str, ...], why: str
) -> None:
    assert why in bylaw(*words).output
    assert asked.writes == []
