"""Writes a new plugin: the template beside this file of what it holds, with its names in the place of acme's."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bylaw_plugin_host.discovery import first_word

from bylaw_cli.plugin.naming import PATTERN, Kind, check_called, check_name, module_of
from bylaw_cli.wording import Refused

TEMPLATES = Path(__file__).parent
SUFFIX = ".template"
"""Of every file of one, so that nobody takes it for code of ours."""


def write(name: str, into: Path, called: str = "", *, kind: Kind = PATTERN) -> Path:
    """The folder of a new plugin, complete, or Refused and nothing is there; what it holds is called so."""
    check_name(name)
    called = called or kind.name_of(name)
    check_called(called, name, kind)
    folder = into / name
    if not into.is_dir():
        raise Refused(
            f"There is no folder {into}; make it, or name another with --into.",
            f"没有文件夹 {into}；请先建立，或用 --into 另指。",
        )
    if folder.exists():
        raise Refused(f"{folder} is there already; nothing was written.", f"{folder} 已经存在；未写入任何内容。")
    with TemporaryDirectory(dir=into, prefix=f".{name}-") as unfinished:
        for place, text in texts(name, called, kind=kind):
            file = Path(unfinished) / "new" / place
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        shutil.move(Path(unfinished) / "new", folder)
    return folder


def texts(name: str, called: str, *, kind: Kind = PATTERN) -> Iterator[tuple[str, str]]:
    """Every file of a new plugin: its place in the folder, and its text."""
    named = {
        kind.called: called,
        kind.distribution: name,
        module_of(kind.distribution): module_of(name),
        "acme-": f"{first_word(name)}-",
    }
    places = re.compile("|".join(named))

    def renamed(text: str) -> str:
        return places.sub(lambda found: named[found[0]], text)

    template = TEMPLATES / kind.template
    for file in sorted(template.rglob(f"*{SUFFIX}")):
        place = file.relative_to(template).as_posix().removesuffix(SUFFIX)
        yield renamed(place), renamed(file.read_text(encoding="utf-8"))
