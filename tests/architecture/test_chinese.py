"""Chinese is set with Chinese punctuation: `，；：`, never `,;:`, in the texts of the product and its Chinese pages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import PRODUCT, ROOT, every_text, named, sources, tree

CHINESE = r"[\u4e00-\u9fff』」）]"
HALF_WIDTH = re.compile(rf"{CHINESE}[,;:]|[,;:](?={CHINESE})")
SAMPLES = {"cli/bylaw_cli/import_words.py", "services/people/bylaw_people/rules/importing/skills.py"}
"""Texts that show what stands in a file: its commas, and the colon behind a skill, are typed half-width."""

PAGES = re.compile(r"\.zh-CN\.md$|^services/.*\.toml$")
CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
FILES = ("docs/reference",)
"""Generated from what is looked at here."""


def mixed(text: str) -> list[str]:
    """Where a half-width mark stands next to Chinese, with what is around it."""
    return [text[max(0, found.start() - 8) : found.end() + 8] for found in HALF_WIDTH.finditer(text)]


def said(path: Path) -> Iterator[str]:
    """Every text in a module."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@pytest.mark.parametrize("path", sources(*PRODUCT), ids=named)
def test_no_text_of_the_product_mixes_punctuation(path: Path) -> None:
    if named(path) not in SAMPLES:
        assert [found for text in said(path) for found in mixed(text)] == []


def test_no_chinese_page_and_no_wording_file_does() -> None:
    pages = [path for path in every_text() if PAGES.search(named(path)) and not named(path).startswith(FILES)]
    assert len(pages) > 5
    faulty = {named(path): mixed(CODE.sub("", path.read_text(encoding="utf-8"))) for path in pages}
    assert {name: found for name, found in faulty.items() if found} == {}


def test_what_is_mixed_would_be_found() -> None:
    assert mixed("请求有误:某字段") == ["请求有误:某字段"]
    assert mixed("如 2015-03-01，或留空；CSV 为 a,b") == []
    assert (ROOT / "README.zh-CN.md").exists()
