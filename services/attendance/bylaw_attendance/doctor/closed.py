"""A sample of closed sheets judged again from what is kept with them: the same digest and the same sheet (SHT-3)."""

from collections import Counter
from contextlib import closing

import sqlalchemy as sa
from bylaw_chassis.doctor import Examined, Finding, Words
from bylaw_chassis.refusals import Refusal
from bylaw_plugin_host.discovery import PluginRefused

from bylaw_attendance.policies import Policies, installed
from bylaw_attendance.rules.closing.closing import ClosedSheet
from bylaw_attendance.rules.judging.judge_recorded import judge_recorded
from bylaw_attendance.rules.judging.judged_from import JudgedFrom
from bylaw_attendance.rules.judging.plan_body import PlanBody
from bylaw_attendance.store import closed_sheets, sheets

SAMPLE = 20


def closed(connection: sa.Connection, _: Examined) -> Finding:
    """What was closed comes to the same again; a pattern that is gone or fails leaves some that cannot be compared."""
    kept = closed_sheets.sample(connection, SAMPLE)
    try:
        book = installed()
    except PluginRefused:
        return _finding(Counter(gone=len(kept)))
    with closing(book):
        return _finding(Counter(_outcome(connection, one, book) for one in kept))


def _outcome(connection: sa.Connection, one: ClosedSheet, book: Policies) -> str:
    keys = {stretch.key for stretch in JudgedFrom.unpack(one.judged_from).stretches}
    plans = {key: PlanBody.unpack(body) for key, body in sheets.plan_bodies(connection, keys).items()}
    if keys - plans.keys():
        return "differs"
    try:
        again, _ = judge_recorded(one, plans, book.judge)
    except Refusal:
        return "gone"
    same = (again.digest, again.body, again.totals) == (one.digest, one.body, one.totals)
    return "same" if same else "differs"


def _finding(outcomes: Counter[str]) -> Finding:
    same, gone, differ = (outcomes[name] for name in ("same", "gone", "differs"))
    return Finding(
        "closed months",
        differ == 0,
        Words(
            f"抽查已结账考勤表 {same + gone + differ} 张：重算一致 {same}，班制缺失未比对 {gone}，不一致 {differ}。",
            f"of a sample of closed sheets {same} re-judged the same, {gone} could not be, their pattern being gone,"
            f" and {differ} differ.",
        ),
        Words(
            "有人改动了已结账的考勤表、其班次计划或某个插件版本：请与备份比对，并重新安装原来的插件版本。",
            "Somebody changed closed sheets, their plans or a plugin's version: compare with a back-up, and install the"
            " version that was there.",
        ),
    )
