"""A sample of kept sheets judged once more: from the same inputs the same sheet, to the byte.

A sheet whose inputs changed since it was judged (a later punch, import, assignment or change of the organisation) is
judged anew when it is next read; such a one cannot be compared and is counted as older.
"""

from collections import Counter
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.audit.tables import audit
from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database
from bylaw_chassis.doctor import Check, Examined, Finding, Words
from bylaw_chassis.organisation import queries as organisation
from bylaw_chassis.tables import feed, outbox
from bylaw_chassis.wordings import followed_wordings
from bylaw_plugin_host.discovery import PluginRefused

from bylaw_attendance import calendars
from bylaw_attendance.policies import Policies, in_rulebook, installed
from bylaw_attendance.rules.sheets.sheet import JudgedSheet
from bylaw_attendance.store import assignments, clocks, day_changes, policy_health, punches, rota, sheets
from bylaw_attendance.store import tables as kept
from bylaw_attendance.use_cases.sheets.judge_month import JudgeMonth
from bylaw_attendance.use_cases.sheets.load_month import LoadMonth

EVERYBODY = Reach(everyone=True)
SAMPLE = 30
MARGIN = timedelta(seconds=60)
"""A sheet is stamped when it is kept, a little after its inputs were read: what came between it may not have seen."""


def sheets_check(people: Database) -> Check:
    """The check; `people` is the neighbour's database."""

    def check(connection: sa.Connection, examined: Examined) -> Finding:
        wordings = followed_wordings(examined.database, lambda: examined.database.clock().date())
        try:
            book = installed(in_rulebook(wordings))
        except PluginRefused:
            return _finding(Counter())
        with closing(book):
            judging = _Judging(connection, examined.database, book, _last_change(connection, people))
            return _finding(Counter(judging.outcome(row) for row in _sample(connection)))

    return check


def _finding(outcomes: Counter[str]) -> Finding:
    same, older, differ = (outcomes[name] for name in ("same", "older", "differs"))
    return Finding(
        "sheets",
        differ == 0,
        Words(
            f"抽查 {same + older + differ} 张：重算一致 {same}，早于其数据而未比对 {older}，不一致 {differ}。",
            f"of a sample {same} re-judged the same, {older} are older than their inputs and not compared,"
            f" {differ} differ.",
        ),
        Words(
            "有人改动了打卡、考勤表或某个插件版本：请与备份比对，并重新安装原来的插件版本。",
            "Somebody changed punches, sheets or a plugin's version: compare with a back-up, and install the version"
            " that was there.",
        ),
    )


def _sample(connection: sa.Connection) -> list[Any]:
    """Some newest sheets, and some by their digest, which is as good as by lot."""
    newest = sa.select(kept.sheets).order_by(kept.sheets.c.judged_at.desc()).limit(SAMPLE // 2)
    by_lot = sa.select(kept.sheets).order_by(kept.sheets.c.digest).limit(SAMPLE // 2)
    rows = [*connection.execute(newest), *connection.execute(by_lot)]
    return list({(row.person, row.month): row for row in rows}.values())


def _last_change(connection: sa.Connection, people: Database) -> datetime | None:
    """When anything was written last from which sheets are judged."""
    columns = (kept.punches.c.received_at, kept.imports.c.finished_at, feed.c.occurred_at, outbox.c.occurred_at)
    found = [connection.execute(sa.select(sa.func.max(column))).scalar() for column in columns]
    # Of a cell that was taken back only the trail knows, and of one that was replaced when it first was there.
    of_rota = sa.select(sa.func.max(audit.c.recorded_at)).where(audit.c.method.contains(".Rota/"))
    found.append(connection.execute(of_rota).scalar())
    with people.read() as neighbour:
        found += [neighbour.execute(sa.select(sa.func.max(told.c.occurred_at))).scalar() for told in (feed, outbox)]
    return max((at for at in found if at is not None), default=None)


@dataclass(frozen=True, slots=True)
class _Judging:
    """Judges kept sheets again, each as of the moment when it was judged."""

    connection: sa.Connection
    database: Database
    book: Policies
    last_change: datetime | None

    def outcome(self, row: Any) -> str:
        """`same`, `older` than its inputs, or `differs`."""
        when = [(row.judged_at - before, roll) for before in (timedelta(0), MARGIN) for roll in (False, True)]
        fresh = [self._again(row.person, row.month, now, roll=roll) for now, roll in when]
        for sheet in fresh:
            if sheet and sheet.digest == row.digest:
                return "same" if (sheet.body, list(sheet.totals)) == (row.body, row.totals) else "differs"
        changed = self.last_change is not None and self.last_change > row.judged_at - MARGIN
        return "older" if changed or None in fresh or self._clock_retired() else "differs"

    def _again(self, person: UUID, month: date, now: datetime, *, roll: bool) -> JudgedSheet | None:
        """Judged anew, with deadlines that move behind holidays or stay: which of both is a setting of the service."""
        whom = organisation.find_people(self.connection, EVERYBODY, month, ids=[person])
        if not whom:
            return None
        then = replace(self.database, clock=lambda: now)
        stores = (organisation, assignments, clocks, punches, sheets, rota, policy_health, day_changes)
        load = LoadMonth(then, *stores, deadlines_roll=roll)
        loaded = load.load(self.connection, month, whom, shown=())._replace(kept={}, closed={})
        judge = JudgeMonth(loaded, self.book, calendars.official_days, now, lambda _: ())
        return judge.judge()[0].fresh

    def _clock_retired(self) -> bool:
        """Of a clock's retirement no time is kept: what it changed cannot be told from a fault."""
        retired = sa.exists().where(kept.clocks.c.retire_date.is_not(None))
        return bool(self.connection.execute(sa.select(retired)).scalar())
