"""`bylaw up` on an empty folder: a company to look at, a month to read, and the commands that read it."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from bylaw_chassis.official_calendar import official_year
from bylaw_cli.demonstrating import PASSWORD
from bylaw_cli.demonstration.asking import ZONE
from bylaw_cli.demonstration.patterns import REST_DAYS, REST_WEEKDAYS, rest_days
from bylaw_cli.demonstration.planned import first_month, month_after, months

from tests.cli.running import Run, run_bylaw_up
from tests.databases import ground

LAST_MONTH = (datetime.now(UTC).astimezone(ZONE).replace(day=1) - timedelta(days=1)).strftime("%Y-%m")


@pytest.fixture(scope="module")
def company() -> Iterator[Run]:
    """The real thing, with its demonstration company."""
    with tempfile.TemporaryDirectory(prefix="bylaw-data-", dir=ground(), ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        with run_bylaw_up(Path(folder)) as run:
            run.says("Ctrl-C ends everything", within_seconds=120)
            yield run


def _bylaw(company: Run, *arguments: str, login: str = "zhou.min", language: str = "en") -> tuple[int, str]:
    given = {"BYLAW_URL": f"http://127.0.0.1:{company.port}", "BYLAW_LOGIN": login, "BYLAW_PASSWORD": PASSWORD}
    done = subprocess.run(
        [sys.executable, "-m", "bylaw_cli", *arguments],
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, **given, "BYLAW_LANGUAGE": language},
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize(
    ("number", "finding"),
    [("1004", "late"), ("1018", "absent"), ("1006", "early"), ("1020", "missing card"), ("1008", "absent")],
)
def test_last_month_shows_what_everybodys_habits_come_to_with_the_clause(
    company: Run, number: str, finding: str
) -> None:
    """Leave that was required and never granted (1018) has become absence by now."""
    code, said = _bylaw(company, "sheet", number, LAST_MONTH)
    assert code == 0, said
    assert any(finding in line and "ATT-" in line for line in said.splitlines())


@pytest.mark.clause("HRS-2", "HRS-3")
def test_in_whichever_month_it_is_loaded_its_rota_has_five_days_of_rest_that_nobody_must_work() -> None:
    """A rota with a day of rest on a make-up working day is refused, and the company would not be loaded."""
    months = [date(year, month, 1) for year in range(2015, 2027) for month in range(1, 13)]
    for weekday in REST_WEEKDAYS.values():
        for month in months:
            days = rest_days(month, weekday)
            assert len({*days}) == REST_DAYS
            assert not {*days} & official_year("CN", month.year).worked


@pytest.mark.clause("SHT-2", "SHT-3")
@pytest.mark.parametrize(
    ("today", "begins", "count"),
    [("2026-11-05", "2026-09-01", 3), ("2026-11-06", "2026-10-01", 2), ("2026-01-01", "2025-11-01", 3)],
)
def test_it_begins_with_a_month_to_which_nobody_objects_any_more_so_that_it_is_closed(
    today: str, begins: str, count: int
) -> None:
    day = date.fromisoformat(today)
    assert first_month(day) == date.fromisoformat(begins)
    assert months(day)[0] == first_month(day)
    assert (months(day)[-1], len(months(day))) == (day.replace(day=1), count)
    assert month_after(date(2026, 12, 31)) == date(2027, 1, 1)


def test_a_sheet_reads_in_chinese_as_well(company: Run) -> None:
    _, said = _bylaw(company, "sheet", "1004", LAST_MONTH, language="zh")
    assert "吴念" in said
    assert "迟到" in said


def test_an_employee_sees_their_own_month_and_nobody_elses(company: Run) -> None:
    own, _ = _bylaw(company, "sheet", "1004", LAST_MONTH, login="wu.nian")
    code, said = _bylaw(company, "sheet", "1008", LAST_MONTH, login="wu.nian")
    assert (own, code) == (0, 1)
    assert "Nobody within your reach has employee number 1008" in said


def test_a_wrong_password_is_refused_in_one_line(company: Run) -> None:
    _, said = _bylaw(company, "sheet", "1004", LAST_MONTH, login="nobody.here")
    assert "SIGN_IN_REFUSED" in said
    assert len(said.splitlines()) == 1


def test_the_same_file_of_punches_again_changes_nothing(company: Run, tmp_path: Path) -> None:
    day = f"{LAST_MONTH}-20"
    file = tmp_path / "attlog.dat"
    file.write_text(f"     1010\t{day} 08:20:00\t2\t255\t1\t0\n     1010\t{day} 08:20:00\t2\t255\t1\t0\n")
    said = [_bylaw(company, "import", "punches", str(file), "--site", "WH")[1] for _ in range(2)]
    assert " 0 refused" in said[0]
    assert ": 2 read, 0 taken, 2 on record already, 0 refused" in said[1]


def test_a_file_of_people_with_a_fault_is_refused_whole_and_the_line_is_named(company: Run, tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text("number,name,unit,site,start_date\n2001,A,NOWHERE,HQ,2026-13-01\n")
    code, said = _bylaw(company, "import", "people", str(file))
    assert code == 1
    assert "  line 2 start_date: 2026-13-01 is no date" in said
    assert "  line 2 unit: there is no NOWHERE" in said


def test_the_cells_of_a_wide_file_that_are_refused_are_named_by_column_and_the_command_fails(
    company: Run, tmp_path: Path
) -> None:
    file = tmp_path / "in_time.csv"
    year, month = LAST_MONTH.split("-")
    days = [f"{day:02d}/{month}/{year}" for day in (10, 11, 12)]
    file.write_text(f",{','.join(days)}\n1010,{days[0]} 08:11,soon,{days[2]} 08:13\n9999,{days[0]} 08:20,NA,NA\n")
    code, said = _bylaw(company, "import", "punches", str(file), "--site", "WH", "--format", "wide-in")
    assert code == 1
    assert "2 taken" in said
    assert f"  line 2 {days[1]}: “soon” cannot be read" in said
    assert "  line 3 employee_number: There is no person “9999” here" in said
    code, said = _bylaw(company, "import", "punches", str(file), "--site", "WH", language="zh")
    assert code == 1
    assert "错误：" in said
    assert "--format wide-in 或 --format wide-out" in said


def test_the_head_reads_the_inbox_answers_one_and_asks_why(company: Run) -> None:
    _, before = _bylaw(company, "inbox", login="sun.ning")
    assert ["Marketing", "promotion budget"] in [line.split("  ")[2:4] for line in before.splitlines()]
    ending = next(line for line in before.splitlines() if "  leave  " in line).split()[0]
    code, said = _bylaw(company, "inbox", ending, "--agree", login="sun.ning")
    assert (code, "孙宁 agrees" in said) == (0, True), said
    _, after = _bylaw(company, "inbox", login="sun.ning")
    assert (len(before.splitlines()), len(after.splitlines())) == (3, 2)
    code, said = _bylaw(company, "why", "me", "attendance.sheets.read", "--at", "1008", login="sun.ning")
    assert (code, said.splitlines()[0].endswith("[ORG-3]")) == (0, True), said


@pytest.mark.clause("WHS-4", "WHS-5", "WHS-7", "WHS-8")
def test_its_keeper_sees_what_lies_where_how_it_came_about_and_what_is_proposed(company: Run) -> None:
    def keeper(*arguments: str) -> str:
        code, said = _bylaw(company, *arguments, login="qian.feng")
        assert code == 0, said
        return said

    assert ["A-01-1", "MJ-CUP"] in [line.replace("│", " ").split()[:2] for line in keeper("stock").splitlines()]
    assert "order SO-20611" in keeper("card", "MJ-CUP")
    assert "Special goods: Flammable" in keeper("scan", "6970812300084")
    assert {line.replace("│", " ").split()[0] for line in keeper("levels").splitlines()[2:]} == {
        "reorder",
        "expires",
        "slow",
        "dead",
    }
    yesterday = f"{(datetime.now(UTC).astimezone(ZONE) - timedelta(days=1)).date()}"
    assert keeper("stock-day", "list").startswith(f"{yesterday}  closed")
    assert "handed over" in keeper("stock-month", LAST_MONTH)
    assert "waits for its decision" in keeper("stocktake", "list")
    assert "short" in keeper("receive", "show", "QY-0552")
    assert "许岩" in keeper("visitors", "list")
    assert "后门锁舌松动" in keeper("checks", "list", "--unusual")


@pytest.mark.clause("ORD-1", "ORD-2", "CUS-1")
def test_its_clerk_sees_orders_in_every_state_what_waits_and_of_customers_what_is_masked(company: Run) -> None:
    def clerk(*arguments: str) -> str:
        code, said = _bylaw(company, "orders", *arguments, login="feng.xue")
        assert code == 0, said
        return said

    stand = {(one["paymentState"], one["fulfilmentState"]) for one in json.loads(clerk("list", "--json"))}
    goods = {state.removeprefix("FULFILMENT_STATE_") for _, state in stand}
    assert goods == {
        *("WAITING", "RESERVED", "ISSUED", "HANDED_OVER", "IN_TRANSIT", "SIGNED", "CANCELLED", "NOTHING"),
    }
    assert {state.removeprefix("PAYMENT_STATE_") for state, _ in stand} == {"UNPAID", "PAID", "REFUNDED"}
    assert set(json.loads(clerk("held", "--json"))) == {
        *("ADDRESS_INCOMPLETE", "GOODS_NOT_LISTED", "GOODS_UNKNOWN", "HELD_BY_HAND"),
        *("PRICE_OFF_LIST", "REMARK_NEEDS_PERSON"),
    }
    assert [line.split("  ")[0] for line in clerk("channels").splitlines()] == ["jd", "own", "past", "tmall"]
    shown = clerk("show", "W-3001")
    assert "A parcel was signed for" in shown
    assert "方**" in shown
    assert "方书宁" not in shown
    assert "There is too little in stock" in clerk("show", "W-3005")
    assert ", 0 disagree" in clerk("reconcile")
    _, refused = _bylaw(company, "orders", "list", login="wu.nian")
    assert "PERMISSION_MISSING" in refused


def test_the_doctor_finds_everything_well_while_it_runs(company: Run) -> None:
    code, said = _bylaw(company, "doctor", "--data", str(company.data), "--port", str(company.port))
    assert code == 0, said
    assert f"in use by process {company.process.pid}" in said
    assert "is ready" in said
    assert "0 rows differ from one rebuilt from it" in said
