"""Pages that exist in Chinese and in English say the same: as many headings, fences and links, to the same places."""

import re
from pathlib import Path

import pytest

from tests.docs.pages import FENCE, ROOT, page, pages

TWINS = [chinese.path for chinese in pages() if chinese.path.name.endswith(".zh-CN.md")]


@pytest.mark.parametrize("chinese", TWINS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_both_languages_have_the_same_parts(chinese: Path) -> None:
    zh, en = page(chinese), page(chinese.with_name(chinese.name.replace(".zh-CN", "")))
    assert [depth for depth, _ in zh.headings] == [depth for depth, _ in en.headings]
    assert zh.text.count("```") == en.text.count("```")
    assert commands(zh.fences("bash")) == commands(en.fences("bash")), "commands are the same in both languages"
    assert blocks(zh.text) == blocks(en.text), "what is no prose is the same in both languages"
    assert places(zh.links) == places(en.links)
    assert rows(zh.text) == rows(en.text), "tables have as many rows"


def commands(fences: list[str]) -> list[str]:
    """The fences without their comments, which are in the language of the page."""
    return [re.sub(r"\s+#.*$", "", text, flags=re.MULTILINE) for text in fences]


def blocks(text: str) -> list[tuple[str, str]]:
    """Code, files and settings as they stand; `bash` is compared without comments, `text` is what somebody sees."""
    return [(language, shown) for language, shown in FENCE.findall(text) if language not in {"bash", "text"}]


def rows(text: str) -> int:
    """How many rows the tables of a page have."""
    return len(re.findall(r"^\|", text, re.MULTILINE))


def places(links: list[str]) -> list[str]:
    """Where links lead, without the language of the page and the wording of its headings."""
    return [link.replace(".zh-CN", "").partition("#")[0] for link in links]


def test_every_how_to_and_the_readme_exist_in_both_languages() -> None:
    english = [ROOT / "README.md", *(path for path in (ROOT / "docs" / "how-to").glob("*.md") if path not in TWINS)]
    lacking = [path.name for path in english if path.with_name(f"{path.stem}.zh-CN.md") not in TWINS]
    assert not lacking
