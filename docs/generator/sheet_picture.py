"""The picture of a sheet in the READMEs: a real answer, printed by the command's own code, so that it shows what is."""

import io
import json
import re

from bylaw_cli.sheet import WIDTH, show
from bylaw_cli.wording import Language
from rich.console import Console

from .places import ROOT

PICTURE = ROOT / "docs" / "pictures" / "sheet.json"
"""The first days of what `bylaw sheet --json` answered for the person and punches beside it, in the demonstration."""

REGION = re.compile(r"(<!-- sheet -->\n).*?(<!-- /sheet -->)", re.DOTALL)
LANGUAGES: dict[str, Language] = {"README.md": "en", "README.zh-CN.md": "zh"}


def with_sheet(text: str, readme_name: str) -> str:
    """The README's text with the sheet as the command prints it between its marks."""
    sheet = json.loads(PICTURE.read_text(encoding="utf-8"))
    shown = printed(sheet, LANGUAGES[readme_name])
    return REGION.sub(lambda marks: f"{marks[1]}```text\n{shown}\n```\n{marks[2]}", text)


def printed(sheet: dict[str, object], language: Language) -> str:
    """What `bylaw sheet` prints where there is no terminal."""
    paper = io.StringIO()
    show(sheet, Console(file=paper, highlight=False, width=WIDTH), language)
    return "\n".join(line.rstrip() for line in paper.getvalue().rstrip().splitlines())
