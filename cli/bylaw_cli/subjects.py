"""Whom a day of the company or a notice of hours concerns, as it is typed: a site, a unit, or everybody."""

from collections.abc import Callable
from typing import Any

import click

from bylaw_cli.looking_up import Names, site_with, unit_with
from bylaw_cli.rest import Rest, Told
from bylaw_cli.wording import Language, Wording

SITE = Wording("Code of the site that it concerns.", "所涉地点的代码。")
UNIT = Wording("Code of the unit that it concerns, with all below it.", "所涉部门的代码，含下级。")
EVERYBODY = Wording("It concerns the whole organisation.", "涉及全公司。")
ONE = Wording(
    "Say whom it concerns: one of --site CODE, --unit CODE and --everybody.",
    "请注明涉及谁：--site CODE、--unit CODE、--everybody 三者选一。",
)
WHOLE = Wording("everybody", "全公司")
ORGANISATION = "organisation"
"""How lists call the whole organisation."""
Command = Callable[..., Any]


def subject_options(language: Language) -> Callable[[Command], Command]:
    """Return the options that `subject_of` reads."""

    def add(command: Command) -> Command:
        for option in (
            click.option("--everybody", is_flag=True, help=EVERYBODY.show(language)),
            click.option("--unit", metavar="CODE", help=UNIT.show(language)),
            click.option("--site", metavar="CODE", help=SITE.show(language)),
        ):
            command = option(command)
        return command

    return add


def chosen(given: dict[str, Any], language: Language, *, needed: bool) -> tuple[str, str]:
    """Take out of what was typed which of the three it is, and its code; nothing where nothing need be said."""
    site, unit, everybody = (given.pop(name) for name in ("site", "unit", "everybody"))
    said = [(kind, code) for kind, code in (("site", site), ("unit", unit), ("everybody", everybody)) if code]
    if len(said) > 1 or (needed and not said):
        raise Told(ONE.show(language), language)
    return (said[0][0], str(said[0][1])) if said else ("", "")


def subject_of(rest: Rest, choice: tuple[str, str], language: Language) -> str:
    """Return the subject as the contract names it; empty: everybody."""
    kind, code = choice
    if kind == "site":
        return site_with(rest, code, language)
    return unit_with(rest, code, language) if kind == "unit" else ""


def called(subject: str, names: Names, language: Language) -> str:
    """A subject as people call it."""
    return names.coded(subject) or WHOLE.show(language)
