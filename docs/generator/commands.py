"""The command `bylaw` as click describes it: its commands, options and the environment variables they read."""

from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path

import click
from bylaw_cli.main import build
from bylaw_cli.wording import Language

from .markdown import code, page, table

INTRODUCTION = """\
`bylaw` after `make env` is `.venv/bin/bylaw`. Its help is in the language of the locale, or of `BYLAW_LANGUAGE`. What
the environment can give in place of options is in [settings](settings.md#the-command-bylaw)."""
MARK = "\b"


Named = tuple[tuple[str, ...], click.Command]
"""A command with the words that call it: `("import", "people")`."""


def commands(language: Language = "en") -> Iterator[Named]:
    """Every command, groups and the whole of it included."""
    return _below((), build(language))


def _below(words: tuple[str, ...], found: click.Command) -> Iterator[Named]:
    yield words, found
    if isinstance(found, click.Group):
        for name, child in sorted(found.commands.items()):
            yield from _below((*words, name), child)


def commands_page() -> str:
    """The page of commands, in both languages."""
    twins = zip(commands("en"), commands("zh"), strict=True)
    parts = (part for (words, en), (_, zh) in twins for part in _part(words, en, zh))
    return page("Commands", INTRODUCTION, *parts)


def _part(words: tuple[str, ...], en: click.Command, zh: click.Command) -> Iterator[str]:
    context = click.Context(en, info_name=" ".join(["bylaw", *words]))
    yield f"## {context.info_name}"
    yield code(" ".join([context.info_name or "", *en.collect_usage_pieces(context)]))
    yield from (_help(en), _help(zh))
    options = [pair for pair in zip(en.params, zh.params, strict=True) if isinstance(pair[0], click.Option)]
    yield table(["Option", "English", "中文"], (_option(*pair) for pair in options))


def _help(of: click.Command) -> str:
    """The help as click shows it: a paragraph marked as laid out keeps its lines."""
    return "\n\n".join(_paragraph(text) for text in cleandoc(of.help or "").split("\n\n"))


def _paragraph(text: str) -> str:
    return f"```text\n{text.replace(MARK, '').strip()}\n```" if MARK in text else text


def _option(en: click.Parameter, zh: click.Parameter) -> list[str]:
    names = " / ".join(map(code, [*en.opts, *en.secondary_opts]))
    return [names, getattr(en, "help", "") or "", getattr(zh, "help", "") or ""]


def environment_variables() -> list[list[str]]:
    """A row per variable that options read: variable, the commands that take it, default, meaning."""
    found: dict[str, tuple[click.Option, list[str]]] = {}
    for words, known in commands():
        for option in known.params:
            if isinstance(option, click.Option) and isinstance(option.envvar, str):
                found.setdefault(option.envvar, (option, []))[1].append(f"`{' '.join(['bylaw', *words])}`")
    return [_row(variable, option, takers) for variable, (option, takers) in sorted(found.items())]


def _row(variable: str, option: click.Option, takers: list[str]) -> list[str]:
    named = f"`{option.opts[0]}` of {', '.join(takers)}"
    return [f"`{variable}`", named, _default_text(option.default), option.help or ""]


def _default_text(default: object) -> str:
    if isinstance(default, bool):
        return "yes" if default else "no"
    return f"`{default}`" if isinstance(default, str | int | Path) else ""
