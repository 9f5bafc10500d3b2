"""Writes a new plugin: the template beside this file, with its names in the place of acme's."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bylaw_plugin_host.discovery import first_word

from bylaw_cli.plugin.naming import check_name, check_pattern, module_of, pattern_of
from bylaw_cli.wording import Refused

TEMPLATE = Path(__file__).parent / "template"
SUFFIX = ".template"
"""Of every file of it, so that nobody takes it for code of ours."""
PLACES = re.compile("acme-day-shift|acme-patterns|acme_patterns|acme-")


def write(name: str, into: Path, pattern: str = "") -> Path:
    """The folder of a new plugin, complete, or Refused and nothing is there; its pattern is called so, or after it."""
    check_name(name)
    pattern = pattern or pattern_of(name)
    check_pattern(pattern, name)
    folder = into / name
    if not into.is_dir():
        raise Refused(
            f"There is no folder {into}; make it, or name another with --into.",
            f"没有文件夹 {into}；请先建立，或用 --into 另指。",
        )
    if folder.exists():
        raise Refused(f"{folder} is there already; nothing was written.", f"{folder} 已经存在；未写入任何内容。")
    with TemporaryDirectory(dir=into, prefix=f".{name}-") as unfinished:
        for place, text in texts(name, pattern):
            file = Path(unfinished) / "new" / place
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        shutil.move(Path(unfinished) / "new", folder)
    return folder


def texts(name: str, pattern: str) -> Iterator[tuple[str, str]]:
    """Every file of a new plugin: its place in the folder, and its text."""
    named = {
        "acme-day-shift": pattern,
        "acme-patterns": name,
        "acme_patterns": module_of(name),
        "acme-": f"{first_word(name)}-",
    }

    def renamed(text: str) -> str:
        return PLACES.sub(lambda found: named[found[0]], text)

    for file in sorted(TEMPLATE.rglob(f"*{SUFFIX}")):
        place = file.relative_to(TEMPLATE).as_posix().removesuffix(SUFFIX)
        yield renamed(place), renamed(file.read_text(encoding="utf-8"))
