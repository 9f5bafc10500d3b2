"""`bylaw objection`: objecting to one's own sheet in writing until the 5th, and the answers (SHT-2)."""

from collections.abc import Mapping
from typing import Any

import click

from bylaw_cli.answering import json_option, tell
from bylaw_cli.looking_up import Names, own_name
from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.rest import Told
from bylaw_cli.things import Step, Things, given_of, list_command, step_command, the_one
from bylaw_cli.typed import a_day, a_month
from bylaw_cli.wording import Language, Wording

ABOUT = Wording(
    "Objections to month sheets: made in writing until the 5th, answered on record.\n\n\b\n"
    "bylaw objection make 2026-10 'the clock was off' --day 2026-10-27\nbylaw objection list --state waiting\n"
    "bylaw objection answer 24cfea49 'the log of the clock says so' --upheld",
    "对考勤表的异议：5 日前书面提出，答复存档。\n\n\b\n"
    "bylaw objection make 2026-10 考勤机当时断电 --day 2026-10-27\nbylaw objection list --state waiting\n"
    "bylaw objection answer 24cfea49 考勤机日志可证 --upheld",
)
MAKE = Wording(
    "Object to your own sheet of MONTH, saying in TEXT what is wrong.\n\n\b\n"
    "bylaw objection make 2026-10 'the clock was off' --day 2026-10-27 --day 2026-10-28",
    "对本人 MONTH 的考勤表提出异议，TEXT 写明哪里不对。\n\n\b\n"
    "bylaw objection make 2026-10 考勤机当时断电 --day 2026-10-27 --day 2026-10-28",
)
LIST = Wording(
    "List objections that you may see; those that wait come first.\n\n\b\n"
    "bylaw objection list --of SALES --month 2026-10 --state waiting",
    "列出您可见的异议，待答复的在前。\n\n\b\nbylaw objection list --of SALES --month 2026-10 --state waiting",
)
ANSWER = Wording(
    "Answer an objection in writing. --upheld: it was right, and what the sheet is judged from is to be mended (a"
    " punch, leave, the rota); --dismissed: the sheet stays as it is.\n\n\b\n"
    "bylaw objection answer 24cfea49 'the log of the clock says so' --upheld",
    "书面答复异议。--upheld：异议成立，须改正核算所依据的打卡、请假或排班；--dismissed：考勤表不变。\n\n\b\n"
    "bylaw objection answer 24cfea49 考勤机日志可证 --upheld",
)
CANCEL = Wording(
    "Take an objection of your own back while it waits. ID is the one that the list shows, or its month or day.\n\n\b\n"
    "bylaw objection cancel 2026-10",
    "撤回本人待答复的异议。ID 为列表中的编号，或其月份、日期。\n\n\b\nbylaw objection cancel 2026-10",
)
DAY = Wording("A day that it is about; may be given again.", "涉及的日期，可重复。")
WHICH = Wording("Whether it was right; one of the two.", "异议是否成立，二者选一。")
ONE_ANSWER = Wording(
    "Say whether it was right: --upheld or --dismissed.", "请注明异议是否成立：--upheld 或 --dismissed。"
)


def objection_group(language: Language) -> click.Group:
    """Return `bylaw objection`."""
    group = click.Group("objection", help=ABOUT.show(language))
    group.add_command(_make_command(language))
    group.add_command(list_command(OBJECTIONS, LIST, language))
    group.add_command(_answer_command(language))
    group.add_command(step_command(OBJECTIONS, "cancel", Step("withdraw", CANCEL, own=True), language=language))
    return group


def _make_command(language: Language) -> click.Command:
    @json_option(language)
    @click.option("--day", "days", multiple=True, callback=a_day(language), help=DAY.show(language))
    @click.argument("month", callback=a_month(language))
    @click.argument("text")
    def make(month: str, text: str, *, days: tuple[str, ...], as_json: bool, **given: Any) -> None:
        rest = rest_of(given, language, {"sheet": "MONTH", "text": "TEXT", "days": "--day"})
        wish = {"sheet": f"{own_name(rest)}/sheets/{month}", "text": text, "days": list(days)}
        done = rest.call("POST", "/v1/objections", wish)
        tell(done, [OBJECTIONS.shown(done, Names(rest, language), language)], as_json=as_json)

    return click.command("make", help=MAKE.show(language))(signed_in(make, language))


def _answer_command(language: Language) -> click.Command:
    @json_option(language)
    @click.option("--upheld/--dismissed", default=None, help=WHICH.show(language))
    @click.argument("typed", metavar="ID")
    @click.argument("text")
    def answer(typed: str, text: str, *, upheld: bool | None, as_json: bool, **given: Any) -> None:
        if upheld is None:
            raise Told(ONE_ANSWER.show(language), language)
        rest = rest_of(given, language, {"text": "TEXT"})
        one = the_one(rest, OBJECTIONS, typed, own=False, language=language)
        wish = given_of({"upheld": upheld, "text": text, "etag": one["etag"]})
        done = rest.call("POST", f"/v1/{one['name']}:answer", wish)
        tell(done, [OBJECTIONS.shown(done, Names(rest, language), language)], as_json=as_json)

    return click.command("answer", help=ANSWER.show(language))(signed_in(answer, language))


def _line(one: Mapping[str, Any], names: Names, language: Language) -> str:
    person, _, month = one["sheet"].partition("/sheets/")
    said = [names.numbered(person, one["employeeNumber"]), month, *one["days"], one["text"]]
    answer = Wording("answer: ", "答复：").show(language) + one["answer"] if one.get("answer") else ""
    return "  ".join([*said, *([answer] if answer else [])])


OBJECTIONS = Things(
    collection="objections",
    noun=Wording("objection", "异议"),
    line=_line,
    days=lambda one: [one["sheet"].partition("/sheets/")[2], *one["days"]],
    prefix="OBJECTION_STATE_",
    states={
        "WAITING": Wording("waits", "待答复"),
        "UPHELD": Wording("upheld", "成立"),
        "DISMISSED": Wording("dismissed", "不成立"),
        "WITHDRAWN": Wording("taken back", "已撤回"),
    },
    ended=("UPHELD", "DISMISSED", "WITHDRAWN"),
    by_month=True,
)
