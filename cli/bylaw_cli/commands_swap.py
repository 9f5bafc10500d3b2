"""`bylaw swap`: two people exchange what the rota says of some days, with both heads' consent (HRS-2, ORG-3)."""

from collections.abc import Mapping
from typing import Any

import click

from bylaw_cli.answering import json_option, tell
from bylaw_cli.looking_up import Names, person_with
from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.rest import Rest, Told
from bylaw_cli.things import Step, Things, list_command, step_command
from bylaw_cli.typed import a_day
from bylaw_cli.wording import Language, Wording

ABOUT = Wording(
    "Swaps of rota days between two people: the other agrees first, then the head of each.\n\n\b\n"
    "bylaw swap ask 1020 2026-12-01 2026-12-02 --reason 'an exam'\nbylaw swap agree 2026-12-01\n"
    "bylaw swap list\nbylaw swap consent 24cfea49",
    "两人互换排班：对方先同意，再由双方负责人同意。\n\n\b\n"
    "bylaw swap ask 1020 2026-12-01 2026-12-02 --reason 考试\nbylaw swap agree 2026-12-01\n"
    "bylaw swap list\nbylaw swap consent 24cfea49",
)
ASK = Wording(
    "Ask PERSON to exchange with you what the rota says of these DAYS; for two days of rest both are named. PERSON is"
    " an employee number, or a login or name within your reach.\n\n\b\n"
    "bylaw swap ask 1020 2026-12-01 2026-12-02 --reason 'an exam'",
    "请 PERSON 与您互换这些日期（DAYS）的排班；互换休息日须写明两天。PERSON 为对方的工号，"
    "或您可见范围内的登录名、姓名。\n\n\b\n"
    "bylaw swap ask 1020 2026-12-01 2026-12-02 --reason 考试",
)
LIST = Wording(
    "List swaps that you may see; those that wait come first.\n\n\b\nbylaw swap list --state agreed",
    "列出您可见的换班，未完成的在前。\n\n\b\nbylaw swap list --state agreed",
)
STEPS = {
    "agree": Step(
        "agree",
        Wording(
            "Agree to a swap that you were asked for. ID is the one that the list shows, or a day of it.\n\n\b\n"
            "bylaw swap agree 2026-12-01",
            "同意别人向您提出的换班。ID 为列表中的编号，或其中一天的日期。\n\n\b\nbylaw swap agree 2026-12-01",
        ),
    ),
    "consent": Step(
        "consent",
        Wording(
            "Consent as a head; with the second consent the days are exchanged.\n\n\b\nbylaw swap consent 24cfea49",
            "作为负责人同意；双方负责人都同意后即互换。\n\n\b\nbylaw swap consent 24cfea49",
        ),
    ),
    "refuse": Step(
        "refuse",
        Wording(
            "Turn a swap down as a head, saying why."
            "\n\n\b\nbylaw swap refuse 24cfea49 --reason 'nobody is left that day'",
            "作为负责人不同意，并写明理由。\n\n\b\nbylaw swap refuse 24cfea49 --reason 当天无人值班",
        ),
        said="text",
        needed=True,
    ),
    "cancel": Step(
        "withdraw",
        Wording(
            "Take a swap back, or do not agree to it, as one of the two, while it waits.\n\n\b\n"
            "bylaw swap cancel 2026-12-01",
            "作为双方之一，在完成前撤回或不同意换班。\n\n\b\nbylaw swap cancel 2026-12-01",
        ),
    ),
}
WHY = Wording("Why; the other person and the heads read it.", "事由，对方与负责人可见。")
OUT_OF_REACH = Wording(
    "A colleague whom you do not see is named by employee number.",
    "不可见的同事请写工号。",
)
SENT = {
    "otherPerson": "PERSON",
    "otherEmployeeNumber": "PERSON",
    "workDates": "DAYS",
    "reason": "--reason",
}
WITH = Wording("with", "与")


def swap_group(language: Language) -> click.Group:
    """Return `bylaw swap`."""
    group = click.Group("swap", help=ABOUT.show(language))
    group.add_command(_ask_command(language))
    group.add_command(list_command(SWAPS, LIST, language))
    for name, step in STEPS.items():
        group.add_command(step_command(SWAPS, name, step, language=language))
    return group


def _ask_command(language: Language) -> click.Command:
    @json_option(language)
    @click.option("--reason", metavar="TEXT", default="", help=WHY.show(language))
    @click.argument("person")
    @click.argument("days", nargs=-1, required=True, callback=a_day(language))
    def ask(person: str, days: tuple[str, ...], *, reason: str, as_json: bool, **given: Any) -> None:
        rest = rest_of(given, language, SENT)
        wish = {**_other(rest, person, language), "workDates": list(days), "reason": reason}
        done = rest.call("POST", "/v1/rotaSwaps", wish)
        tell(done, [SWAPS.shown(done, Names(rest, language), language)], as_json=as_json)

    return click.command("ask", help=ASK.show(language))(signed_in(ask, language))


def _other(rest: Rest, typed: str, language: Language) -> dict[str, str]:
    """Return how the other is named: a number is enough, of those too who are out of the reach of whoever asks."""
    try:
        return {"otherPerson": person_with(rest, typed, language)}
    except Told as told:
        if any(map(str.isdigit, typed)):
            return {"otherEmployeeNumber": typed}
        raise Told(f"{told.message}\n  {OUT_OF_REACH.show(language)}", language) from told


def _line(one: Mapping[str, Any], names: Names, language: Language) -> str:
    both = (
        names.numbered(one["person"], one["employeeNumber"]),
        WITH.show(language),
        names.numbered(one["otherPerson"], one["otherEmployeeNumber"]),
    )
    parts = (" ".join(both), ", ".join(one["workDates"]), one["reason"], one["endText"])
    return "  ".join(part for part in parts if part)


SWAPS = Things(
    collection="rotaSwaps",
    noun=Wording("swap", "换班"),
    line=_line,
    days=lambda one: one["workDates"],
    prefix="ROTA_SWAP_STATE_",
    states={
        "ASKED": Wording("waits for the other person", "待对方同意"),
        "AGREED": Wording("waits for a head", "待负责人同意"),
        "DONE": Wording("done", "已生效"),
        "REFUSED": Wording("refused", "未同意"),
        "WITHDRAWN": Wording("taken back", "已撤回"),
    },
    ended=("DONE", "REFUSED", "WITHDRAWN"),
    of_person=False,
)
