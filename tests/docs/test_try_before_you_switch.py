"""The how-to of replays is typed as it stands, behind the first month, in the company which that page has made."""

import shutil
from pathlib import Path

from openpyxl import load_workbook

from tests.docs.pages import ROOT, page
from tests.docs.typing_pages import started, typed_in

HOW_TO = ROOT / "docs" / "how-to"
PAGE = HOW_TO / "try-before-you-switch.md"


def test_every_command_of_the_page_does_what_it_says(tmp_path: Path) -> None:
    for folder in ("first-month", "try-before-you-switch"):
        shutil.copytree(HOW_TO / "snippets" / folder, tmp_path, dirs_exist_ok=True)
    before = [text for text in page(HOW_TO / "first-month.md").fences("bash") if "make up" not in text]
    with started(tmp_path, BYLAW_DATA="company", BYLAW_DEMONSTRATION="false") as port:
        printed = typed_in([*before, *page(PAGE).fences("bash")], tmp_path, port)

    shown = [line.split() for text in page(PAGE).fences("text") for line in text.splitlines() if line != "..."]
    printed_lines = [line.split() for line in printed.splitlines()]
    assert [line for line in shown if line not in printed_lines] == []
    assert '"replay": "replays/' in printed
    assert load_workbook(tmp_path / "changes.xlsx").sheetnames == ["summary", "by person", "changes"]
