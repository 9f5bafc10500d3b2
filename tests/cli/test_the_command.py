"""The command teaches itself, in English and in Chinese."""

import subprocess
import sys
from collections.abc import Iterator
from functools import cache

import click
import pytest
from bylaw_cli.main import COMMANDS, build
from bylaw_cli.wording import Language, language_of
from click.testing import CliRunner

RUNNER = CliRunner()


def _every(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    if isinstance(command, click.Group):
        for name, below in command.commands.items():
            yield from _every(below, (*path, name))


@cache
def whole(language: Language) -> click.Group:
    """The command with everything below it, put together once."""
    return build(language)


@pytest.mark.parametrize("path", list(_every(whole("en"))), ids=" ".join)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_command_explains_itself(path: tuple[str, ...], language: Language) -> None:
    said = RUNNER.invoke(whole(language), [*path, "--help"])
    assert said.exit_code == 0
    text = said.output.split("Options:")[0].replace("Usage:", "")
    has_chinese = any("\u4e00" <= letter <= "\u9fff" for letter in text.replace("中文帮助", ""))
    assert has_chinese is (language == "zh")


def test_each_command_is_made_under_the_name_it_has() -> None:
    assert [*build("en").commands] == [*COMMANDS]
    assert build("zh", ["call"]).commands.keys() == {"call"}


def test_a_command_waits_for_nothing_that_it_does_not_use() -> None:
    told = f"atexit.register(lambda: print(sorted({{*sys.modules}} & {HEAVY})))"
    asked = f"import atexit, sys; {told}; from bylaw_cli.main import main; main(['call', '--help'])"
    said = subprocess.run([sys.executable, "-c", asked], check=True, capture_output=True, text=True)
    assert said.stdout.splitlines()[-1] == "[]"


HEAVY = {"numpy", "openpyxl", "xlsxwriter", "grpc", "sqlalchemy"}


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "BYLAW_LANGUAGE": "en"}, "en"),
        ({"LANG": "C.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, "zh"),
    ],
)
def test_the_language_follows_the_wish_then_the_locale(environment: dict[str, str], language: Language) -> None:
    assert language_of(environment) == language


def test_a_refusal_is_told_in_both_languages_and_without_a_trace() -> None:
    command = [sys.executable, "-m", "bylaw_cli", "up", "--host", "192.0.2.1"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.splitlines()[0].startswith("Cannot listen on 192.0.2.1")
    assert done.stderr.splitlines()[1].startswith("无法监听 192.0.2.1")
    assert len(done.stderr.splitlines()) == 2


def test_an_unknown_port_is_named() -> None:
    said = RUNNER.invoke(build("en"), ["up", "--port", "70000"])
    assert said.exit_code == 2
    assert "70000 is not in the range" in said.output


@pytest.mark.parametrize("kind", ["sites", "units", "positions", "people", "punches"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_import_is_taught_by_a_line_to_copy(kind: str, language: Language) -> None:
    said = RUNNER.invoke(build(language), ["import", kind, "--help"]).output
    assert f"\n  bylaw import {kind} " in said


def test_a_month_that_is_none_is_refused_before_anybody_is_asked() -> None:
    command = ["sheet", "1004", "2026-13", "--login", "a", "--password", "b", "--url", "http://127.0.0.1:9"]
    assert RUNNER.invoke(build("zh"), command).output == "错误：MONTH 应为月份，如 2026-11。\n"
    assert RUNNER.invoke(build("en"), command).output == "Error: MONTH is a month such as 2026-11.\n"
