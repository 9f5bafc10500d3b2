"""`bylaw missed-punch`: asking that a punch that was missed be taken as made, and deciding on it (ATT-1)."""

from collections.abc import Mapping
from typing import Any

import click

from bylaw_cli.answering import json_option, tell
from bylaw_cli.directions import DIRECTIONS, SHOWN
from bylaw_cli.looking_up import Names
from bylaw_cli.reaching import rest_of, signed_in
from bylaw_cli.things import Step, Things, list_command, step_command
from bylaw_cli.typed import a_day
from bylaw_cli.wording import Language, Wording

ABOUT = Wording(
    "Punches that were missed: asked for by whoever missed one, decided by somebody above them.\n\n\b\n"
    "bylaw missed-punch ask 2026-11-24 08:21 in --reason 'left the badge at home'\n"
    "bylaw missed-punch list --state waiting\nbylaw missed-punch accept 24cfea49",
    "漏打卡：由本人申请，由上级决定。\n\n\b\n"
    "bylaw missed-punch ask 2026-11-24 08:21 in --reason 忘带工牌\n"
    "bylaw missed-punch list --state waiting\nbylaw missed-punch accept 24cfea49",
)
ASK = Wording(
    "Ask that your punch of DAY at TIME, going `in` or `out`, be taken as made. TIME is on the wall of the site."
    "\n\n\b\nbylaw missed-punch ask 2026-11-24 08:21 in --reason 'left the badge at home' --evidence 'Sun Ning saw me'",
    "申请将本人 DAY 当天 TIME 的上班（in）或下班（out）卡视为已打。TIME 为当地时间。\n\n\b\n"
    "bylaw missed-punch ask 2026-11-24 08:21 in --reason 忘带工牌 --evidence 孙宁可证明",
)
LIST = Wording(
    "List what was asked for that you may see; what waits comes first.\n\n\b\n"
    "bylaw missed-punch list --of SALES --state waiting",
    "列出您可见的补卡申请，待决定的在前。\n\n\b\nbylaw missed-punch list --of SALES --state waiting",
)
STEPS = {
    "accept": Step(
        "accept",
        Wording(
            "Accept one: it becomes a punch, and the month is judged anew.\n\n\b\n"
            "bylaw missed-punch accept 24cfea49 --reason 'I was there'",
            "同意一项：成为一次打卡，当月重新核算。\n\n\b\nbylaw missed-punch accept 24cfea49 --reason 当时我在场",
        ),
        said="text",
    ),
    "refuse": Step(
        "refuse",
        Wording(
            "Turn one down, saying why."
            "\n\n\b\nbylaw missed-punch refuse 24cfea49 --reason 'you were on leave that day'",
            "不同意一项，并写明理由。\n\n\b\nbylaw missed-punch refuse 24cfea49 --reason 当天您在休假",
        ),
        said="text",
        needed=True,
    ),
    "revoke": Step(
        "revoke",
        Wording(
            "Take back that one was accepted, saying why: its punch stays on record and does not count.\n\n\b\n"
            "bylaw missed-punch revoke 24cfea49 --reason 'it was another day'",
            "收回对一项的同意，并写明理由：该打卡留存，但不计。\n\n\b\n"
            "bylaw missed-punch revoke 24cfea49 --reason 记错了日期",
        ),
        said="text",
        needed=True,
    ),
    "cancel": Step(
        "withdraw",
        Wording(
            "Take your own back while it waits. ID is the one that the list shows, or the day.\n\n\b\n"
            "bylaw missed-punch cancel 2026-11-24",
            "撤回本人待决定的申请。ID 为列表中的编号，或当天日期。\n\n\b\nbylaw missed-punch cancel 2026-11-24",
        ),
        own=True,
    ),
}
WHY = Wording("Why it was missed.", "漏打的原因。")
EVIDENCE = Wording("What bears it out: who saw you, where a paper is kept.", "佐证：何人可证明，材料在何处。")


def missed_punch_group(language: Language) -> click.Group:
    """Return `bylaw missed-punch`."""
    group = click.Group("missed-punch", help=ABOUT.show(language))
    group.add_command(_ask_command(language))
    group.add_command(list_command(CORRECTIONS, LIST, language))
    for name, step in STEPS.items():
        group.add_command(step_command(CORRECTIONS, name, step, language=language))
    return group


def _ask_command(language: Language) -> click.Command:
    @json_option(language)
    @click.option("--evidence", metavar="TEXT", default="", help=EVIDENCE.show(language))
    @click.option("--reason", metavar="TEXT", required=True, help=WHY.show(language))
    @click.argument("day", callback=a_day(language))
    @click.argument("time")
    @click.argument("direction", type=click.Choice(list(DIRECTIONS)))
    def ask(day: str, time: str, *, direction: str, as_json: bool, **given: Any) -> None:
        wish = {"localTime": f"{day} {time}", "direction": DIRECTIONS[direction]}
        wish |= {"reason": given.pop("reason"), "evidence": given.pop("evidence")}
        places = {"localTime": "DAY TIME", "reason": "--reason", "evidence": "--evidence"}
        rest = rest_of(given, language, places)
        done = rest.call("POST", "/v1/punchCorrections", wish)
        tell(done, [CORRECTIONS.shown(done, Names(rest, language), language)], as_json=as_json)

    return click.command("ask", help=ASK.show(language))(signed_in(ask, language))


def _line(one: Mapping[str, Any], names: Names, language: Language) -> str:
    who, way = names.numbered(one["person"], one["employeeNumber"]), SHOWN[one["direction"]].show(language)
    parts = (who, one["localTime"], way, one["reason"], one["evidence"], one["endText"])
    return "  ".join(part for part in parts if part)


CORRECTIONS = Things(
    collection="punchCorrections",
    noun=Wording("missed punch", "补卡申请"),
    line=_line,
    days=lambda one: [one["localTime"][:10]],
    prefix="PUNCH_CORRECTION_STATE_",
    states={
        "WAITING": Wording("waits", "待决定"),
        "ACCEPTED": Wording("accepted", "已同意"),
        "REFUSED": Wording("refused", "未同意"),
        "WITHDRAWN": Wording("taken back", "已撤回"),
        "REVOKED": Wording("revoked", "已收回"),
    },
    ended=("REFUSED", "WITHDRAWN", "REVOKED"),
)
