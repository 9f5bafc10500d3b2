"""What the doctor examines of attendance: its plugins and its imports; the rest has files of its own."""

from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.database import Database
from bylaw_chassis.doctor import Check, Examined, Finding, Words
from bylaw_chassis.organisation.checks import organisation_check
from bylaw_chassis.outcome_check import outcomes_applied
from bylaw_chassis.refusals import Refusal
from bylaw_chassis.wordings_check import wordings_check
from bylaw_plugin_host.discovery import PluginRefused

from bylaw_attendance.app import MIGRATIONS
from bylaw_attendance.doctor.clocks import CHECKS as CLOCKS
from bylaw_attendance.doctor.closed import closed
from bylaw_attendance.doctor.corrections import corrections
from bylaw_attendance.doctor.leave import leave
from bylaw_attendance.doctor.leave_policies import CHECK as LEAVE_POLICIES
from bylaw_attendance.doctor.leave_policies import leave_policies
from bylaw_attendance.doctor.overtime import overtime
from bylaw_attendance.doctor.photos import photos
from bylaw_attendance.doctor.sheets import sheets_check
from bylaw_attendance.policies import Policies, installed
from bylaw_attendance.rules.imports import ImportState
from bylaw_attendance.store import tables as kept
from bylaw_attendance.store.policy_health import unsettled

__all__ = ["MIGRATIONS", "checks"]

IMPORT_DELAY = timedelta(minutes=15)


def checks(people: Database) -> Sequence[tuple[str, Check]]:
    """The checks by name; `people` is the neighbour's database, read only to compare with its feed."""
    return (
        organisation_check(people),
        wordings_check(people),
        ("plugins", plugins),
        ("policy health", policy_health),
        (LEAVE_POLICIES, leave_policies),
        ("imports", imports),
        ("outcomes", outcomes_applied),
        ("corrections", corrections),
        ("leave", leave),
        ("overtime", overtime),
        ("photos", photos),
        *CLOCKS,
        ("sheets", sheets_check(people)),
        ("closed months", closed),
    )


def plugins(connection: sa.Connection, _: Examined) -> Finding:
    """Every version of a pattern that anybody follows is installed and takes its parameters."""
    assigns, cells = kept.assignments.c, kept.rota_cells.c
    named = sa.union(
        sa.select(assigns.pattern, assigns.parameters).where(assigns.withdrawn_at.is_(None)),
        sa.select(cells.pattern, cells.parameters).where(cells.pattern.is_not(None)),
    )
    assigned = connection.execute(named).all()
    try:
        book = installed()
    except PluginRefused as refused:
        cure = Words("请更正或卸载该插件。", "Mend or uninstall that plugin.")
        return Finding("plugins", holds=False, seen=Words(refused.zh, refused.en), cure=cure)
    with closing(book):
        gone = sorted({row.pattern for row in assigned if not _fits(book, row.pattern, row.parameters)})
        offered = ", ".join(one.pattern for one in book.offered())
    lacking_zh, lacking_en = (", ".join(gone) or none for none in ("无", "none"))
    return Finding(
        "plugins",
        not gone,
        Words(f"已注册 {offered}；已指派但缺失：{lacking_zh}。", f"{offered}; assigned but gone: {lacking_en}."),
        Words(
            "请重新安装提供该版本的发行包，或从某日起改用其他模式。",
            "Install the distribution with that version again, or assign another pattern from a date on.",
        ),
    )


def _fits(book: Policies, pattern: str, parameters: dict[str, Any]) -> bool:
    try:
        book.checked(pattern, parameters)
    except Refusal:
        return False
    return True


def policy_health(connection: sa.Connection, _: Examined) -> Finding:
    """No month waits for a pattern that could not judge it."""
    found = connection.execute(unsettled(None, None)).all()
    people = len({row.person for row in found})
    by = ", ".join(sorted({f"{row.policy} ({row.distribution or '?'}): {row.reason}" for row in found}))
    none = not found
    return Finding(
        "policy health",
        none,
        Words(
            "没有未解决的班制故障。" if none else f"{people} 人的月份因班制故障无法核算，不能结账：{by}。",
            "no shift pattern is at fault."
            if none
            else f"the months of {people} people cannot be judged, nor closed, for a pattern's fault: {by}.",
        ),
        Words(
            "请联系该发行包的提供者，修复后重启；或从某日起改派其他班制，再重新打开考勤表。",
            "Tell whoever provides the distribution, and restart once it is mended; or assign another pattern from a"
            " date on; then open the sheets again.",
        ),
    )


def imports(connection: sa.Connection, examined: Examined) -> Finding:
    """No import hangs, and of those that ended no file is kept."""
    ended = kept.imports.c.state.in_([int(ImportState.DONE), int(ImportState.REFUSED)])
    hanging = sa.and_(~ended, kept.imports.c.created_at < examined.database.clock() - IMPORT_DELAY)
    hang = _count(connection, sa.select(kept.imports.c.id).where(hanging))
    files = kept.imports.join(kept.import_files, kept.imports.c.id == kept.import_files.c.import_id)
    left = _count(connection, sa.select(kept.imports.c.id).select_from(files).where(ended))
    return Finding(
        "imports",
        not left and not (hang and examined.running),
        Words(
            f"停滞的导入 {hang} 个；已结束却仍保留文件的 {left} 个。",
            f"{hang} hang; {left} ended and still keep their file.",
        ),
        Words(
            "停滞：查看日志中的 job_failed。文件：删除 import_files 中对应的行。",
            "Hanging: look for job_failed in the log. Files: delete their rows in `import_files`.",
        ),
    )


def _count(connection: sa.Connection, ids: sa.Select[tuple[UUID]]) -> int:
    return connection.execute(sa.select(sa.func.count()).select_from(ids.subquery())).scalar_one()
