"""The how-to of the first month is typed as it stands, against a Bylaw started for it."""

import shutil
from pathlib import Path

from tests.docs.pages import ROOT, page
from tests.docs.typing_pages import started, typed

HOW_TO = ROOT / "docs" / "how-to"


def test_every_command_of_the_first_month_does_what_the_page_says(tmp_path: Path) -> None:
    shutil.copytree(HOW_TO / "snippets" / "first-month", tmp_path, dirs_exist_ok=True)
    with started(tmp_path, BYLAW_DATA="company", BYLAW_DEMONSTRATION="false") as port:
        printed = typed(page(HOW_TO / "first-month.md"), tmp_path, port)
    for said in ("people.csv: 2 taken", "attlog.dat: 6 read, 6 taken", "late 7 min", "ATT-2", "planned days 26"):
        assert said in printed
    for explained in (
        "Signed in by 08:25:59 at the latest it would have been on time.",
        "no leave was granted: absence",
    ):
        assert explained in printed
