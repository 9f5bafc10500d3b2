"""Faults named where they are found: fields at the gateway, lines of an import, plugins; read from their source."""

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from bylaw_gateway.refusals import FIELD_WORDINGS

from .places import source_files

REASON = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)+")


class Fault(NamedTuple):
    """A reason with its words, and the status it has over REST."""

    package: str
    reason: str
    status: str
    zh: str
    en: str


def faults() -> list[Fault]:
    """Every one, once."""
    return sorted({*_of_fields(), *_of_plugins(), *_of_lines()})


def _of_fields() -> Iterator[Fault]:
    """Calls in the gateway whose first two arguments are a reason and the name of its words."""
    for module, path in source_files():
        if module.startswith("bylaw_gateway"):
            for node in _calls(path):
                reason, wording = [*map(_text, node.args[:2]), "", ""][:2]
                if REASON.fullmatch(reason) and wording in FIELD_WORDINGS:
                    yield Fault("bylaw_gateway", reason, "400", *FIELD_WORDINGS[wording])


def _of_plugins() -> Iterator[Fault]:
    """Calls in the host of plugins that are given a reason; words stand beside it or in the function called."""
    for module, path in source_files():
        if module.startswith("bylaw_plugin_host"):
            shared = dict(_functions_with_words(path))
            for node in _calls(path):
                given = [*node.args[1:2], *(word.value for word in node.keywords if word.arg == "reason")]
                words = _words(node) or shared.get(ast.unparse(node.func), {})
                for reason in filter(REASON.fullmatch, map(_text, given if words else ())):
                    yield Fault("bylaw_plugin_host", reason, "", words.get("zh", ""), words.get("en", ""))


def _of_lines() -> Iterator[Fault]:
    """Calls in the services that are given a reason and both languages: faults of an import's lines."""
    for module, path in source_files():
        if module.startswith(("bylaw_people", "bylaw_attendance", "bylaw_inventory", "bylaw_orders")):
            tree = _tree(path)
            constants, spoken = _constants(tree), _spoken_before(tree)
            for node in _calls(path):
                words = _words(node)
                reasons = [constants.get(ast.unparse(given), "") or _text(given) for given in node.args]
                for reason in filter(REASON.fullmatch, reasons if len(words) == 2 else ()):
                    said = words if all(words.values()) else spoken(node.lineno)
                    yield Fault(module.split(".")[0], reason, "", said.get("zh", ""), said.get("en", ""))


def _constants(tree: ast.Module) -> Mapping[str, str]:
    """Names that the module gives to a text."""
    assigned = (node for node in tree.body if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant))
    return {ast.unparse(node.targets[0]): _text(node.value) for node in assigned}


def _spoken_before(tree: ast.Module) -> Callable[[int], Mapping[str, str]]:
    """The words that the last `zh, en = ...` before a line set."""
    said = [(node.lineno, dict(zip(("zh", "en"), _texts(node), strict=True))) for node in _pairs(tree)]
    return lambda line: next((words for at, words in reversed(said) if at < line), {})


def _pairs(tree: ast.Module) -> list[ast.Assign]:
    assigned = [node for node in ast.walk(tree) if isinstance(node, ast.Assign)]
    return sorted(
        (node for node in assigned if ast.unparse(node.targets[0]) == "(zh, en)"), key=lambda node: node.lineno
    )


def _texts(pair: ast.Assign) -> list[str]:
    return [_text(word) for word in pair.value.elts] if isinstance(pair.value, ast.Tuple) else ["", ""]


def _functions_with_words(path: Path) -> Iterator[tuple[str, Mapping[str, str]]]:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.FunctionDef):
            for call in ast.walk(node):
                if isinstance(call, ast.Call) and (words := _words(call)):
                    yield node.name, words


def _words(node: ast.Call) -> dict[str, str]:
    """The words in both languages, by name, or as a fault takes them behind its reason."""
    if ast.unparse(node.func) == "Fault" and len(node.args) == 3:
        return dict(zip(("zh", "en"), map(_text, node.args[1:]), strict=True))
    named = {keyword.arg: keyword.value for keyword in node.keywords}
    return {language: _text(named[language]) for language in ("zh", "en") if language in named}


def _text(node: ast.expr) -> str:
    """A text as it is written; what is filled in stands in braces."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(map(_text, node.values))
    return f"{{{ast.unparse(node.value)}}}" if isinstance(node, ast.FormattedValue) else ""


def _calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(_tree(path)) if isinstance(node, ast.Call))


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))
