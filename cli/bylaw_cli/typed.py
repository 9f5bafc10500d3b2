"""What people type, held against its form before anybody is asked: days, months, hours, files."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import click

from bylaw_cli.rest import Told
from bylaw_cli.wording import Language, Wording

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, writable=True, path_type=Path)
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
HOURS = re.compile(r"\d{1,2}:\d{2}-\d{1,2}:\d{2}")
NO_MONTH = Wording("MONTH is a month such as 2026-11.", "MONTH 应为月份，如 2026-11。")
NO_DAY = Wording("{place} is a date such as 2026-10-12.", "{place} 应为日期，如 2026-10-12。")
NO_HOURS = Wording("{place} is from when to when, such as 14:00-16:30.", "{place} 应为起止时间，如 14:00-16:30。")
Callback = Callable[[click.Context, click.Parameter, Any], Any]


def a_day(language: Language) -> Callback:
    """Return what refuses a date that is none; nothing typed is let through, and so is each of several."""
    return _held_against(_is_day, NO_DAY, language)


def some_hours(language: Language) -> Callback:
    """Return what refuses hours that are none; nothing typed is let through, and so is each of several."""
    return _held_against(lambda text: bool(HOURS.fullmatch(text)), NO_HOURS, language)


def a_month(language: Language) -> Callback:
    """Return what refuses a month that is none; nothing typed is let through."""
    return _held_against(lambda text: bool(MONTH.fullmatch(text)), NO_MONTH, language)


def _held_against(is_one: Callable[[str], bool], otherwise: Wording, language: Language) -> Callback:
    def check(_: click.Context, parameter: click.Parameter, value: Any) -> Any:
        typed = value if isinstance(value, tuple) else [value] if value else []
        if not all(is_one(text) for text in typed):
            place = parameter.opts[0] if isinstance(parameter, click.Option) else parameter.human_readable_name
            raise Told(otherwise.show(language).format(place=place), language)
        return value

    return check


def _is_day(text: str) -> bool:
    try:
        return bool(DAY.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False
