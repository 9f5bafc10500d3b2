"""Every command that a page tells people to type exists: make targets, `bylaw` and its options."""

import re
import shlex
from collections.abc import Iterator, Mapping
from functools import cache

import click
import pytest

from docs.generator.commands import commands
from tests.docs.pages import ROOT, Page, page

TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
VARIABLE = re.compile(r"[A-Za-z_]+=.*")


def typed(text: str) -> Iterator[list[str]]:
    """The commands of a fence, as words: comments, continued lines and settings in front are seen through."""
    lines = iter(text.replace("\\\n", " ").splitlines())
    for line in lines:
        if re.match(r"\s*(?:[A-Z_]+=\S+ )*(?:make|bylaw|\.venv/bin/bylaw)\b", line):
            words = split(line.partition(" #")[0], lines)
            while VARIABLE.fullmatch(words[0]):
                words = words[1:]
            yield words


def split(line: str, further: Iterator[str]) -> list[str]:
    """The words of a command, which goes on in further lines while a quotation does."""
    try:
        return shlex.split(line)
    except ValueError:
        return split(f"{line}\n{next(further)}", further)


@cache
def known_commands() -> Mapping[tuple[str, ...], click.Command]:
    """Every command by its words."""
    return dict(commands("en"))


def wrong(words: list[str]) -> str:
    """What is wrong with a command; empty where it can be typed so."""
    if words[0] == "make":
        unknown = [word for word in words[1:] if word not in TARGETS and not VARIABLE.fullmatch(word)]
        return f"no target {unknown}" if unknown else ""
    known = known_commands()
    called = max((name for name in known if tuple(words[1 : 1 + len(name)]) == name), key=len)
    options = {option for parameter in known[called].params for option in (*parameter.opts, *parameter.secondary_opts)}
    given = [word.partition("=")[0] for word in words[1:] if word.startswith("-") and word != "-"]
    unknown = [option for option in given if option not in options | {"--help", "-h"}]
    if not called and len(words) > 1 and not given:
        return f"no command {words[1]}"
    return f"{called} takes no {unknown}" if unknown else ""


def test_every_command_of_a_page_exists(some_page: Page) -> None:
    faults = {
        " ".join(words): fault for text in some_page.fences("bash") for words in typed(text) if (fault := wrong(words))
    }
    assert not faults


@pytest.mark.parametrize("line", ["make everything", "bylaw fly", "bylaw sheet 1003 2026-11 --colour"])
def test_a_command_that_does_not_exist_is_found(line: str) -> None:
    (words,) = typed(line)
    assert wrong(words)


def test_the_two_commands_of_the_readme_are_there_in_both_languages() -> None:
    for name in ("README.md", "README.zh-CN.md"):
        lines = [" ".join(words) for text in page(ROOT / name).fences("bash") for words in typed(text)]
        assert {"make up", "make test"} <= set(lines)
