"""Everything the console says is there in Chinese and English, is used, and is written as each language is."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from bylaw_console import words as console_words
from bylaw_console.words import Words, WordsFaultyError, read_words

PACKAGE = Path(console_words.__file__).parent
TEMPLATES = sorted((PACKAGE / "templates").glob("*.html"))
MODULES = sorted(path for path in PACKAGE.rglob("*.py"))
BEGUN = re.compile(r"[a-z_]+\.([a-z0-9_]+_)?")
"""The first part of a key whose rest a value says."""

SAID_IN_TEMPLATE = re.compile(r"""\bt\(\s*(["'])([^"']*)\1\s*(~?)""")
QUOTED = re.compile(r"""["']([A-Za-z_]+\.[A-Za-z0-9_]*)["']""")
STRAY = re.compile(r"[\u3400-\u9fff][,;:!?()]|[,;:!?()][\u3400-\u9fff]")
CJK = re.compile(r"[\u3400-\u9fff]")
PLACEHOLDER = re.compile(r"{(\w+)")
IN_BOTH = {"frame.product"}


@pytest.fixture(scope="module")
def words() -> Words:
    """Those of the console."""
    return read_words()


def quoted() -> Iterator[tuple[Path, str]]:
    """Everything in quotes that may be a key, in templates and modules."""
    for path in TEMPLATES:
        yield from ((path, found) for found in QUOTED.findall(path.read_text(encoding="utf-8")))
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield path, node.value


def test_every_sentence_that_a_template_says_is_there(words: Words) -> None:
    said = [
        (path.name, key)
        for path in TEMPLATES
        for _, key, joined in SAID_IN_TEMPLATE.findall(path.read_text(encoding="utf-8"))
        if not joined
    ]
    assert len(said) > 100
    assert [(name, key) for name, key in said if key not in words] == []


def test_every_sentence_is_said_somewhere(words: Words) -> None:
    texts = {text for _, text in quoted()}
    begun = tuple(text for text in texts if BEGUN.fullmatch(text) and text not in words)
    said = [key for key in words if key in texts or key[0].isupper() or key.startswith(begun)]
    assert sorted(set(words) - set(said)) == []


def test_chinese_has_its_own_punctuation_and_english_no_chinese(words: Words) -> None:
    faulty = [key for key in words if STRAY.search(words.say(key, "zh"))]
    faulty += [key for key in words if CJK.search(words.say(key, "en")) and key not in IN_BOTH]
    assert faulty == []


def test_both_languages_name_the_same_values(words: Words) -> None:
    def values(key: str, language: str) -> set[str]:
        return set(PLACEHOLDER.findall(words.say(key, language)))

    assert [key for key in words if values(key, "zh") != values(key, "en")] == []


def test_a_file_that_lacks_a_language_or_contradicts_another_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text('[one]\ntitle = ["甲", "A"]\n', encoding="utf-8")
    (tmp_path / "b.toml").write_text('[one]\ntitle = ["甲", "A"]\n', encoding="utf-8")
    assert read_words(tmp_path).say("one.title", "en") == "A"
    (tmp_path / "b.toml").write_text('[one]\ntitle = ["乙", "B"]\n', encoding="utf-8")
    with pytest.raises(WordsFaultyError, match=r"one\.title"):
        read_words(tmp_path)
    (tmp_path / "b.toml").write_text('[two]\ntitle = ["乙"]\n', encoding="utf-8")
    with pytest.raises(WordsFaultyError, match=r"two\.title"):
        read_words(tmp_path)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_holds_no_style_and_no_script_of_its_own(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\s(style|on[a-z]+)=[\"']|<style|javascript:", text)
    inline = [
        tag for tag in re.findall(r"<script\b[^>]*>", text) if "src=" not in tag and "application/json" not in tag
    ]
    assert inline == []
