"""Pages that exist in Chinese and in English say the same: as many headings, fences and links, to the same places."""

import re
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, page, pages

TWINS = [chinese.path for chinese in pages() if chinese.path.name.endswith(".zh-CN.md")]


@pytest.mark.parametrize("chinese", TWINS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_both_languages_have_the_same_parts(chinese: Path) -> None:
    zh, en = page(chinese), page(chinese.with_name(chinese.name.replace(".zh-CN", "")))
    assert [depth for depth, _ in zh.headings] == [depth for depth, _ in en.headings]
    assert zh.text.count("```") == en.text.count("```")
    assert commands(zh.fences("bash")) == commands(en.fences("bash")), "commands are the same in both languages"
    assert places(zh.links) == places(en.links)


def commands(fences: list[str]) -> list[str]:
    """The fences without their comments, which are in the language of the page."""
    return [re.sub(r"\s+#.*$", "", text, flags=re.MULTILINE) for text in fences]


def places(links: list[str]) -> list[str]:
    """Where links lead, without the language of the page and the wording of its headings."""
    return [link.replace(".zh-CN", "").partition("#")[0] for link in links]


def test_pages_for_staff_exist_in_both_languages() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in TWINS}
    assert {"README.zh-CN.md", "docs/how-to/first-month.zh-CN.md"} <= names
