"""What most commands on requests do alike: list them, find the one that is meant, and take a step with it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import click

from bylaw_cli.answering import NOTHING, json_option, tell
from bylaw_cli.looking_up import Names, own_name, whose
from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.rest import Rest, Told
from bylaw_cli.typed import a_month
from bylaw_cli.wording import Language, Wording

Tree = Mapping[str, Any]
SHOWN_ID = 8
"""So many characters of an id tell things apart."""
WHOLE_ID = len("00000000-0000-0000-0000-000000000000")
MOST = 5000
"""So many are looked through for the one that is meant."""
OF = Wording(
    "Code of a unit, with all below it, or number, login or name of a person; me: your own.",
    "部门代码（含下级），或人员的工号、登录名、姓名；me 为本人。",
)
STATE = Wording("Only those that stand so.", "只列处于该状态的。")
OF_MONTH = Wording("Only those of this month, YYYY-MM.", "只列该月的，YYYY-MM。")
WHY = Wording("Why; whom it concerns reads it.", "理由，当事人可见。")
REMARK = Wording("Anything to be said of it.", "备注，可不填。")
NONE = Wording("No {noun} of {typed}: type the ID that the list shows.", "没有 {typed} 的{noun}：请输入列表中的编号。")
SEVERAL = Wording(
    "{count} are of {typed}: {which}. Type the ID of one.", "{typed} 有 {count} 项：{which}。请输入其中一项的编号。"
)


@dataclass(frozen=True)
class Things:
    """What a family of commands is about: how it is called, where it is listed, how one of it is told."""

    collection: str
    noun: Wording
    line: Callable[[Tree, Names, Language], str]
    days: Callable[[Tree], Sequence[str]]
    prefix: str = ""
    """How the contract's names of its states begin."""
    states: Mapping[str, Wording] = field(default_factory=dict)
    """Where one may stand, by what follows in those names."""
    ended: tuple[str, ...] = ()
    """States in which nothing is done with one any more, so that another of its day is meant."""
    of_person: bool = True
    """Its list takes whose."""
    by_month: bool = False
    """Its list takes a month."""

    def state(self, one: Tree) -> str:
        """Where one stands; nothing where such things have no states."""
        return str(one.get("state", "")).removeprefix(self.prefix)

    def shown(self, one: Tree, names: Names, language: Language) -> str:
        """One as a line: the end of its id, what it is, where it stands."""
        state = self.states[self.state(one)].show(language) if self.states else ""
        return "  ".join(part for part in (one["name"][-SHOWN_ID:], self.line(one, names, language), state) if part)


@dataclass(frozen=True)
class Step:
    """Something done with one of them: a call behind its name."""

    verb: str
    about: Wording
    said: str = ""
    """The field that takes what is said of it; none: nothing is said."""
    needed: bool = False
    own: bool = False
    """Done with one's own."""
    more: Mapping[str, Any] | None = None
    """What else is sent."""


def list_command(things: Things, about: Wording, language: Language) -> click.Command:
    """Return `list`."""
    states = [word.lower() for word in things.states]

    def show(*, as_json: bool, **given: Any) -> None:
        asked = {name: given.pop(name, "") or "" for name in ("of", "state", "month")}
        rest = rest_of(given, language)
        query = {
            "parent": whose(rest, asked["of"], language),
            "month": asked["month"],
            "state": f"{things.prefix}{asked['state'].upper()}" if asked["state"] else "",
            "pageSize": 1000,
        }
        found = list(rest.pages(f"/v1/{things.collection}", things.collection, given_of(query)))
        tell(found, _lines(things, found, rest, language), as_json=as_json)

    command = json_option(language)(signed_in(show, language))
    if things.by_month:
        option = click.option("--month", callback=a_month(language), help=OF_MONTH.show(language))
        command = option(command)
    if things.states:
        command = click.option("--state", type=click.Choice(states), help=STATE.show(language))(command)
    if things.of_person:
        command = click.option("--of", metavar="WHO", help=OF.show(language))(command)
    return click.command("list", help=about.show(language))(command)


def step_command(things: Things, name: str, step: Step, *, language: Language) -> click.Command:
    """Return the command that takes a step with one: named by its ID, or by its day where only one is of it."""

    def take(typed: str, *, as_json: bool, **given: Any) -> None:
        said = given.pop("reason", "") or ""
        rest = rest_of(given, language, {step.said: "--reason"})
        one = the_one(rest, things, typed, own=step.own, language=language)
        body = {**given_of({step.said: said, "etag": one.get("etag", "")}), **(step.more or {})}
        done = rest.call("POST", f"/v1/{one['name']}:{step.verb}", body)
        tell(done, [things.shown(done, Names(rest, language), language)], as_json=as_json)

    command = json_option(language)(signed_in(take, language))
    if step.said:
        told = (WHY if step.needed else REMARK).show(language)
        command = click.option("--reason", metavar="TEXT", required=step.needed, help=told)(command)
    return click.command(name, help=step.about.show(language))(click.argument("typed", metavar="ID")(command))


def the_one(rest: Rest, things: Things, typed: str, *, own: bool, language: Language) -> Any:
    """Return the one whose id ends so, or the only one that is of this day and not over; refuses any other."""
    typed = typed.removeprefix(f"{things.collection}/")
    if len(typed) == WHOLE_ID:
        return rest.get(f"/v1/{things.collection}/{typed}")
    query = {"pageSize": 1000, "parent": own_name(rest) if own and things.of_person else ""}
    listed = list(islice(rest.pages(f"/v1/{things.collection}", things.collection, given_of(query)), MOST))
    found = [one for one in listed if typed and one["name"].endswith(typed)]
    of_the_day = [one for one in listed if typed in things.days(one)]
    found = found or [one for one in of_the_day if things.state(one) not in things.ended] or of_the_day
    if len(found) == 1:
        return found[0]
    which = ", ".join(one["name"][-SHOWN_ID:] for one in found[:SHOWN_ID])
    said = (SEVERAL if found else NONE).show(language)
    raise Told(said.format(noun=things.noun.show(language), typed=typed, count=len(found), which=which), language)


def _lines(things: Things, found: Iterable[Tree], rest: Rest, language: Language) -> Iterator[str]:
    names, some = Names(rest, language), False
    for one in found:
        some = True
        yield things.shown(one, names, language)
    if not some:
        yield NOTHING.show(language)


def given_of(wish: Mapping[str, Any]) -> dict[str, Any]:
    """What was said of a wish."""
    return {name: value for name, value in wish.items() if name and value}
