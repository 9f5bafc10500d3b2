"""Below a sheet stand its clauses, each in the words that held on its day, in the reader's language."""

import io
from typing import Any

import pytest
from bylaw_cli.sheet import show
from bylaw_cli.wording import Language
from rich.cells import cell_len
from rich.console import Console

SHEET = {"employeeNumber": "1003", "month": "2026-02", "days": [], "totals": {"lateCount": 2}}


def worded(clause: str, zh: str, en: str, **more: Any) -> dict[str, Any]:
    return {"clause": clause, "effectiveDate": "2000-01-01", "wording": {"zh": zh, "en": en}, **more}


def printed(language: Language, *wordings: dict[str, Any], width: int = 118) -> list[str]:
    paper = io.StringIO()
    show({**SHEET, "clauseWordings": list(wordings)}, Console(width=width, file=paper), language)
    lines = [line.rstrip() for line in paper.getvalue().splitlines()]
    return lines[next(at for at, line in enumerate(lines) if line.endswith(" 2")) + 1 :]


def test_a_clause_is_said_in_the_language_of_the_reader() -> None:
    clause = worded("ATT-2", "迟到。", "Late.")
    assert printed("en", clause) == ["  ATT-2  Late."]
    assert printed("zh", clause) == ["  ATT-2  迟到。"]


def test_a_clause_that_was_reworded_within_the_month_says_from_which_day_each_wording_holds() -> None:
    both = (worded("ATT-2", "旧。", "Old."), worded("ATT-2", "新。", "New.", effectiveDate="2026-02-10"))
    assert printed("en", *both) == ["  ATT-2 (from 2000-01-01)  Old.", "  ATT-2 (from 2026-02-10)  New."]
    assert printed("zh", *both)[1] == "  ATT-2 （自 2026-02-10 起）  新。"


def test_a_clause_that_was_retired_says_so() -> None:
    gone = worded("ATT-2", "旧。", "Old.", effectiveDate="2026-02-10", retired=True)
    assert printed("en", gone) == ["  ATT-2 (retired from 2026-02-10)  Old."]
    assert "废止" in printed("zh", gone)[0]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_long_words_are_broken_to_the_width_of_the_page(language: Language) -> None:
    lines = printed(language, worded("ATT-2", "迟到须请假。" * 30, "Late is leave. " * 30), width=60)
    assert len(lines) > 3
    assert all(line.startswith("  ") and cell_len(line) <= 60 for line in lines)
