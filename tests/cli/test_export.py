"""`bylaw export sheet`: what is wrong with month or file is told before anybody is asked."""

import pytest
from bylaw_cli.main import build
from bylaw_cli.wording import Language
from click.testing import CliRunner

SAID: dict[Language, tuple[str, str]] = {
    "en": ("MONTH is a month such as 2026-11.", "FILE ends in .csv, .xlsx or .zip."),
    "zh": ("MONTH 应为月份", "FILE 应以 .csv、.xlsx 或 .zip 结尾。"),
}


@pytest.mark.parametrize("language", list(SAID))
def test_a_month_that_is_none_and_a_file_of_another_kind_are_told_before_anybody_is_asked(language: Language) -> None:
    for arguments, said in zip((("november", "x.csv"), ("2026-10", "x.pdf")), SAID[language], strict=True):
        told = CliRunner().invoke(build(language), ["export", "sheet", "SALES", *arguments])
        assert told.exit_code != 0
        assert said in str(told.exception) + told.output
