"""`bylaw why-day`: a day in full sentences that fit 80 columns, in the language that is set."""

import io
from typing import Any

import pytest
from bylaw_cli.day_words import lines
from bylaw_cli.main import build
from bylaw_cli.wording import Language
from click.testing import CliRunner
from rich.cells import cell_len
from rich.console import Console

LANGUAGES: tuple[Language, ...] = ("zh", "en")


def both(name: str) -> dict[str, str]:
    """A sentence that can be told from all others, long enough to be wrapped."""
    return {language: f"{name}-{language} {'words ' * 20}" for language in LANGUAGES}


def point(side: str, **more: Any) -> dict[str, Any]:
    return {"cardPoint": {"side": side, "explanation": both(f"found{side}")}, "limits": both(f"limits{side}"), **more}


HALF = {
    "half": {"startTime": "2026-10-12 08:30", "endTime": "2026-10-12 12:00", "verdict": "FINDING_LATE"},
    "window": both("window"),
    "explanation": both("verdict"),
    "cardPoints": [point("IN", remedy=both("remedy")), point("OUT")],
}
DAY = {
    "employeeNumber": "1004",
    "displayName": "陈朗",
    "workDate": "2026-10-12",
    "kind": "DAY_KIND_WORK",
    "timeZone": "Asia/Shanghai",
    "plan": {"explanation": both("plan")},
    "reason": {"explanation": both("reason")},
    "halves": [HALF],
    "punches": [
        {"localTime": "2026-10-12 08:31:00", "device": "door", "source": "attlog", "explanation": both("fate")},
    ],
    "progress": {"explanation": both("open"), "consequence": both("consequence")},
    "clauseWordings": [
        {"clause": "ATT-2", "effectiveDate": "2026-01-01", "wording": both("clause"), "retired": False},
    ],
}
ORDER = ("plan", "reason", "window", "foundIN", "limitsIN", "remedy", "foundOUT", "limitsOUT", "verdict", "fate")


def printed(language: Language, day: dict[str, Any]) -> str:
    paper = io.StringIO()
    console = Console(width=80, file=paper, highlight=False)
    for line in lines(day, language):
        console.print(line)
    return paper.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_is_told_is_read_in_order_in_one_language_and_within_80_columns(language: Language) -> None:
    said = printed(language, DAY)

    order = [said.index(f"{name}-{language}") for name in (*ORDER, "open", "consequence", "clause")]
    assert order == sorted(order)
    assert f"-{'en' if language == 'zh' else 'zh'} " not in said
    assert max(map(cell_len, said.splitlines())) <= 80
    assert "door attlog" in " ".join(said.split())


def test_a_day_of_rest_without_punches_is_two_sentences_and_what_is_open() -> None:
    quiet = {**DAY, "halves": [], "punches": [], "progress": {"explanation": both("open"), "consequence": None}}

    said = printed("en", quiet)

    assert "Punches" not in said
    assert [name for name in ORDER if name in said] == ["plan", "reason"]


def test_a_day_that_is_none_is_refused_before_anything_is_asked() -> None:
    refused = CliRunner().invoke(build("zh"), ["why-day", "1004", "2026-10"])

    assert (refused.exit_code, refused.output.strip()) == (1, "错误：DAY 应为日期，如 2026-10-12。")
