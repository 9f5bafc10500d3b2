"""Checks a plugin as a start of Bylaw would, then by the conformance kit in a process of its own."""

import os
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from bylaw_kit.answering import Outcome
from bylaw_kit.asking import KitEnded, asked, command
from bylaw_plugin_host.discovery import Found, PluginRefused
from bylaw_plugin_host.starting import introduced

from bylaw_cli.plugin.placing import module_of, placed
from bylaw_cli.wording import Refused, Wording

NEEDED = ("hypothesis", "pytest")
NO_KIT = Wording(
    'The conformance kit is not installed here: pip install "bylaw-hooks[kit]"',
    '此处未安装一致性检查工具：pip install "bylaw-hooks[kit]"',
)
KIT_FAILED = Wording("The kit could not run", "检查未能进行")


def check(target: str, *, examples: int, needed: Sequence[str] = NEEDED) -> Iterator[Found | Outcome]:
    """The plugin once it would be taken in, then what came of each rule; Refused where it cannot even be asked."""
    if not all(map(find_spec, needed)):
        raise Refused(NO_KIT.en, NO_KIT.zh)
    with placed(target) as found:
        take_in(found)
        yield found
        yield from _kept(_named(target, found), found, examples)


def take_in(found: Found) -> None:
    """As a start takes it in: its worker says what it offers, and its names are its own; Refused as a start refuses."""
    try:
        for runner in introduced([found]):
            runner.close()
    except PluginRefused as refused:
        raise Refused(refused.en, refused.zh) from refused


def _named(target: str, found: Found) -> str:
    return str(Path(target).resolve()) if target.endswith(".whl") else module_of(found)


def _kept(named: str, found: Found, examples: int) -> Iterator[Outcome]:
    folders = filter(None, (found.folder, os.environ.get("PYTHONPATH")))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(folders)}
    try:
        yield from asked(command(named, "--json", "--examples", str(examples)), environment=environment)
    except KitEnded as ended:
        raise Refused(f"{KIT_FAILED.en}: {ended}", f"{KIT_FAILED.zh}：{ended}") from ended
