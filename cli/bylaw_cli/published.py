"""What company days and notices of hours do alike: published for somebody, listed, withdrawn with a reason."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import click

from bylaw_cli.answering import NOTHING, json_option, sure, tell
from bylaw_cli.looking_up import Names
from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.subjects import ORGANISATION, called, chosen, subject_of, subject_options
from bylaw_cli.things import Step, Things, given_of, step_command
from bylaw_cli.typed import a_day
from bylaw_cli.wording import Language, Wording

Tree = Mapping[str, Any]
ZH = Wording("Its wording in Chinese, for everybody to read.", "中文正文，人人可读。")
EN = Wording("Its wording in English, for everybody to read.", "英文正文，人人可读。")
ON = Wording("Only what holds on this day, YYYY-MM-DD.", "只列在该日有效的，YYYY-MM-DD。")
WITHDRAWN_TOO = Wording("Withdrawn ones too.", "包括已撤回的。")
WITHDRAWN = Wording("withdrawn: {reason}", "已撤回：{reason}")
PLACES = {
    "startDate": "FIRST",
    "endDate": "LAST",
    "hours": "--hours",
    "dayOff": "--day-off",
    "cause": "--cause",
    "wording": "--zh / --en",
    "subject": "--site / --unit / --everybody",
}


def wording_options(command: Callable[..., Any], language: Language) -> Callable[..., Any]:
    """Add the options by which the wording is typed, in both languages."""
    command = click.option("--en", metavar="TEXT", required=True, help=EN.show(language))(command)
    return click.option("--zh", metavar="TEXT", required=True, help=ZH.show(language))(command)


def publish(things: Things, wish: dict[str, Any], given: dict[str, Any], language: Language) -> None:
    """Show what would be published and for whom, ask, and publish it."""
    yes, as_json = given.pop("yes"), given.pop("as_json")
    choice = chosen(given, language, needed=True)
    wish |= {"wording": {"zh": given.pop("zh"), "en": given.pop("en")}}
    rest = rest_of(given, language, PLACES)
    wish = given_of({**wish, "subject": subject_of(rest, choice, language)})
    names = Names(rest, language)
    sure([things.line(wish, names, language)], language, yes=yes, as_json=as_json)
    done = rest.call("POST", f"/v1/{things.collection}", wish)
    tell(done, [things.shown(done, names, language)], as_json=as_json)


def listing(things: Things, about: Wording, language: Language) -> click.Command:
    """Return `list`."""

    @json_option(language)
    @click.option("--withdrawn", is_flag=True, help=WITHDRAWN_TOO.show(language))
    @click.option("--on", "day", callback=a_day(language), metavar="YYYY-MM-DD", help=ON.show(language))
    @subject_options(language)
    def show(*, day: str | None, withdrawn: bool, as_json: bool, **given: Any) -> None:
        choice = chosen(given, language, needed=False)
        rest = rest_of(given, language)
        subject = ORGANISATION if choice[0] == "everybody" else subject_of(rest, choice, language)
        query = {"subject": subject, "runningOnDate": day, "showWithdrawn": "true" if withdrawn else ""}
        found = list(rest.pages(f"/v1/{things.collection}", things.collection, given_of(query)))
        names = Names(rest, language)
        shown = [things.shown(one, names, language) for one in found] or [NOTHING.show(language)]
        tell(found, shown, as_json=as_json)

    return click.command("list", help=about.show(language))(signed_in(show, language))


def withdrawing(things: Things, about: Wording, language: Language) -> click.Command:
    """Return `withdraw`."""
    return step_command(things, "withdraw", Step("withdraw", about, said="reason", needed=True), language=language)


def line_of(one: Tree, what: Iterable[str], names: Names, language: Language) -> str:
    """One as a line: its days, for whom, what, its wording, and why it was withdrawn."""
    first, last = one["startDate"], one.get("endDate") or one["startDate"]
    parts = [first if first == last else f"{first} – {last}", called(one.get("subject", ""), names, language), *what]
    parts.append(one["wording"][language])
    if one.get("withdrawTime"):
        parts.append(WITHDRAWN.show(language).format(reason=one["withdrawReason"]))
    return "  ".join(parts)
