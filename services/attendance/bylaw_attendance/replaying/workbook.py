"""A replay as an xlsx workbook: a summary, a row a person, a row a change; whatever anybody wrote stays text."""

import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from bylaw_chassis.workbook_page import CONTENT_TYPE, Page, Value, new_workbook
from bylaw_kit.reading import Side

from bylaw_attendance.replaying.wording import FOUND, SIDES, explained_finding, remark
from bylaw_attendance.rules.replay.replay import (
    FIGURES,
    ListedMonth,
    ReplayedMonth,
    added,
    difference,
    hours,
    named_figures,
)
from bylaw_attendance.rules.replay.replay_changes import ShownFinding
from bylaw_attendance.use_cases.policies.show_replay import ListedChange, WholeReplay
from bylaw_attendance.wording import Sentence

__all__ = ["CONTENT_TYPE", "MOST_CHANGES", "workbook"]

MOST_CHANGES = 50_000
FIGURE_NAMES = {
    "days_planned": Sentence("应出勤天数", "Days planned"),
    "days_worked": Sentence("实出勤天数", "Days worked"),
    "halves_planned": Sentence("应出勤半天", "Halves planned"),
    "halves_worked": Sentence("实出勤半天", "Halves worked"),
    "late_count": Sentence("迟到次数", "Times late"),
    "late_minutes": Sentence("迟到分钟", "Minutes late"),
    "early_count": Sentence("早退次数", "Times left early"),
    "early_minutes": Sentence("早退分钟", "Minutes left early"),
    "leave_required_count": Sentence("须请假次数", "Cards that call for leave"),
    "missing_cards": Sentence("缺卡次数", "Missing cards"),
    "absent_halves": Sentence("旷工半天", "Halves absent"),
    "pending_points": Sentence("待定卡点", "Cards pending"),
    "worked_minutes": Sentence("计划内工作分钟", "Minutes worked inside the plan"),
    "planned_minutes": Sentence("计划分钟", "Minutes planned"),
    "absent_minutes": Sentence("旷工分钟", "Minutes absent"),
}
COSTS = ("planned_minutes", "worked_minutes", "absent_minutes")
BEFORE, AFTER, DIFFERENCE = Sentence("现行", "before"), Sentence("试算", "after"), Sentence("差额", "difference")
NUMBER, NAME = Sentence("工号", "Employee number"), Sentence("姓名", "Name")
FINDING = tuple(
    Sentence(*words)
    for words in (
        ("班制", "shift pattern"),
        ("结论", "finding"),
        ("分钟", "minutes"),
        ("条款", "clause"),
        ("说明", "in Chinese"),
        ("英文说明", "in English"),
    )
)


def workbook(whole: WholeReplay) -> bytes:
    """The file."""
    target = io.BytesIO()
    # The file says when the replay was asked for, not when somebody fetched it: the same replay is the same bytes.
    book, styles = new_workbook(target, whole.shown.replay.created_at)
    _summary(Page(book.add_worksheet("summary"), styles), whole)
    _people(Page(book.add_worksheet("by person"), styles), whole.months)
    _changes(Page(book.add_worksheet("changes"), styles), whole.changes)
    book.close()
    return target.getvalue()


def _summary(page: Page, whole: WholeReplay) -> None:
    replay, outcome = whole.shown.replay, whole.shown.outcome
    page.head((Sentence("项目", "Item"), BEFORE, AFTER, DIFFERENCE), (44, 16, 16, 16))
    if said := remark(replay, outcome):
        page.add(("说明 Remark", said.zh))
        page.add(("", said.en))
    page.add(("月份 Months", f"{replay.first_month:%Y-%m}", f"{replay.last_month:%Y-%m}"))
    page.add(("试用班制 Shift pattern tried", replay.pattern, replay.parameters))
    if replay.replaced:
        page.add(("仅替换 In place of", replay.replaced))
    compared = zip(FIGURES, replay.before, replay.after, difference(replay.before, replay.after), strict=True)
    for name, *figures in compared:
        page.add((_both(FIGURE_NAMES[name]), *figures))
    before, after = named_figures(replay.before), named_figures(replay.after)
    for name in COSTS:
        words = FIGURE_NAMES[name]
        label = f"{words.zh.replace('分钟', '小时')} {words.en.replace('Minutes', 'Hours')}"
        page.add((label, hours(before[name]), hours(after[name]), hours(after[name] - before[name])))
    page.add(("有变化的人数 People with changes", outcome.changed_people))
    page.add(("变化 Changes", replay.change_count))
    if replay.change_count > len(whole.changes):
        page.add(("本文件列出的变化 Changes listed in this file", len(whole.changes)))
    page.add(("已比较的人月 Months of people compared", outcome.compared))
    page.add(("无法比较的人月 Months of people not compared", outcome.uncompared))
    for number, month, reason, zh, en in _faults(whole.months):
        page.add((f"{number} {month} {reason}", zh, en))


def _faults(months: Sequence[ListedMonth]) -> Iterator[tuple[str, ...]]:
    for one in months:
        for fault in one.month.faults:
            yield one.number, f"{one.month.month:%Y-%m}", fault.reason, fault.zh, fault.en


def _both(words: Sentence) -> str:
    return f"{words.zh} {words.en}"


def _people(page: Page, months: Sequence[ListedMonth]) -> None:
    named = [
        Sentence(f"{FIGURE_NAMES[name].zh}({side.zh})", f"{FIGURE_NAMES[name].en}, {side.en}")
        for name in FIGURES
        for side in (BEFORE, AFTER, DIFFERENCE)
    ]
    page.head((NUMBER, NAME, Sentence("变化", "Changes"), *named), (14, 16, 10, *(14 for _ in named)))
    for (number, name), own in groupby(months, key=attrgetter("number", "display_name")):
        page.add((number, name, *_figures(one.month for one in own)))


def _figures(months: Iterable[ReplayedMonth]) -> Iterator[int]:
    """How many changes, and each figure before, after and less: of the months that could be compared."""
    held = [month for month in months if month.compared]
    before, after = added(*(one.before or () for one in held)), added(*(one.after or () for one in held))
    yield sum(month.change_count for month in held)
    for old, new in zip(before, after, strict=True):
        yield from (old, new, new - old)


def _changes(page: Page, changes: Sequence[ListedChange]) -> None:
    place = (NUMBER, NAME, Sentence("日期", "Day"), Sentence("半天", "Half"), Sentence("卡点", "Card"))
    found = [Sentence(f"{side.zh}:{name.zh}", f"{side.en}: {name.en}") for side in (BEFORE, AFTER) for name in FINDING]
    page.head((*place, *found), (14, 16, 12, 8, 16, *(2 * (22, 22, 10, 10, 40, 40))))
    for listed in changes:
        change = listed.change
        both = (_found(change.side, one) for one in (change.before, change.after))
        whose = (listed.of.number, listed.of.display_name, change.work_date.isoformat())
        page.add((*whose, change.half, _both(SIDES[change.side]), *(value for values in both for value in values)))


def _found(side: Side | None, found: ShownFinding | None) -> tuple[Value, ...]:
    if found is None:
        return ("",) * len(FINDING)
    return found.pattern, _both(FOUND[found.kind]), found.minutes, found.clause, *explained_finding(side, found)
