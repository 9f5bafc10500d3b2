"""`bylaw why-day`: why a day of somebody's sheet is as it is, in full sentences."""

import json
from typing import Any

import click

from bylaw_cli.day_words import lines
from bylaw_cli.looking_up import person_with
from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.sheet import make_console
from bylaw_cli.typed import a_day
from bylaw_cli.wording import Language, Wording

EXAMPLES = "\n\n\b\nbylaw why-day 1004 2026-10-12\nbylaw why-day 1004 2026-10-12 --json"
ABOUT = Wording(
    "Explain a day of the sheet of the person with employee NUMBER. DAY is YYYY-MM-DD.\n\n"
    "By what it was planned, why it is worked or not, when a punch counts for which card, what became of every punch,"
    f" what would have been right, what is still waited for, and the clauses in their words of that day.{EXAMPLES}",
    "说明工号为 NUMBER 的员工某日考勤的依据，DAY 为 YYYY-MM-DD。\n\n"
    "按哪项分配排班、为何上班或休息、打卡计入哪个卡点、每次打卡的去向、怎样才算正常、"
    f"尚待什么，以及所依据条款当日的原文。{EXAMPLES}",
)


def why_day_command(language: Language) -> click.Command:
    """Return `bylaw why-day NUMBER DAY`."""
    as_json = Wording("Print the answer as JSON instead.", "改为输出 JSON。").show(language)

    @click.option("--json", "as_json", is_flag=True, help=as_json)
    @click.argument("number")
    @click.argument("day", callback=a_day(language))
    def why_day(number: str, day: str, *, as_json: bool, **given: Any) -> None:
        rest = rest_of(given, language)
        found = rest.get(f"/v1/{person_with(rest, number, language)}/days/{day}:explain")
        if as_json:
            click.echo(json.dumps(found, ensure_ascii=False, indent=2))
            return
        console = make_console()
        for line in lines(found, language):
            console.print(line)

    return click.command("why-day", help=ABOUT.show(language))(signed_in(why_day, language))
