"""Checks a plugin as a start of Bylaw would, then by the conformance kit in a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from bylaw_plugin_host.discovery import Found, PluginRefused
from bylaw_plugin_host.starting import introduced

from bylaw_cli.plugin.placing import module_of, placed
from bylaw_cli.wording import Refused, Wording

NEEDED = ("hypothesis", "pytest")
OUTCOME = '{"pattern": '
"""How a line of the kit's begins; whatever else comes was printed by the plugin, or is the end of the kit."""
NO_KIT = Wording(
    'The conformance kit is not installed here: pip install "bylaw-hooks[kit]"',
    '此处未安装一致性检查工具：pip install "bylaw-hooks[kit]"',
)
KIT_FAILED = Wording("The kit could not run", "检查未能进行")


class Checked(NamedTuple):
    """A rule over a version; `why` is empty where it is kept, `month` shows one that breaks it."""

    pattern: str
    rule: str
    why: str
    month: str


def check(target: str, *, examples: int, needed: Sequence[str] = NEEDED) -> Iterator[Found | Checked]:
    """The plugin once it would be taken in, then what came of each rule; Refused where it cannot even be asked."""
    if not all(map(find_spec, needed)):
        raise Refused(NO_KIT.en, NO_KIT.zh)
    with placed(target) as found:
        take_in(found)
        yield found
        yield from _kept(_asked(target, found), found, examples)


def take_in(found: Found) -> None:
    """As a start takes it in: its worker says what it offers, and its names are its own; Refused as a start refuses."""
    try:
        for runner in introduced([found]):
            runner.close()
    except PluginRefused as refused:
        raise Refused(refused.en, refused.zh) from refused


def _asked(target: str, found: Found) -> str:
    return str(Path(target).resolve()) if target.endswith(".whl") else module_of(found)


def _kept(asked: str, found: Found, examples: int) -> Iterator[Checked]:
    command = [sys.executable, "-m", "bylaw_kit", asked, "--json", "--examples", str(examples)]
    folders = filter(None, (found.folder, os.environ.get("PYTHONPATH")))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(folders)}
    last = ""
    with subprocess.Popen(  # noqa: S603 - our own interpreter and module
        command, cwd=found.folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as kit:
        for line in kit.stdout or ():
            if line.startswith(OUTCOME):
                yield Checked(**json.loads(line))
            last = line.strip() or last
    if kit.returncode not in {0, 1} or not last.startswith(OUTCOME):
        raise Refused(f"{KIT_FAILED.en}: {last}", f"{KIT_FAILED.zh}：{last}")
