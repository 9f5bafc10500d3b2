"""What the doctor examines of leave policies: every one that is assigned is installed, and none has failed since."""

from collections.abc import Mapping
from contextlib import closing
from typing import Any

import orjson
import sqlalchemy as sa
from bylaw_chassis.doctor import Examined, Finding, Words
from bylaw_chassis.refusals import Refusal
from bylaw_plugin_host.discovery import PluginRefused

from bylaw_attendance.leave_policies import InstalledLeave
from bylaw_attendance.policies import installed
from bylaw_attendance.store import leave_faults
from bylaw_attendance.store.leave_assignment_tables import leave_assignments

CHECK = "leave policies"
GONE = Words(
    "请重新安装提供该版本的发行包，或从某日起改派其他假期政策。",
    "Install the distribution with that version again, or assign another leave policy from a date on.",
)
AT_FAULT = Words(
    "请联系该发行包的提供者，修复后重启；或从某日起改派其他政策。",
    "Tell whoever provides the distribution, and restart once it is mended; or assign another policy from a date on.",
)


def leave_policies(connection: sa.Connection, _: Examined) -> Finding:
    """Every version that holds for anybody is installed and takes its parameters, and nothing was asked in vain."""
    columns = leave_assignments.c
    named = sa.select(columns.pattern, columns.parameters).where(columns.withdrawn_at.is_(None))
    assigned, faults = connection.execute(named).all(), leave_faults.listed(connection)
    try:
        book = installed()
    except PluginRefused as refused:
        cure = Words("请更正或卸载该插件。", "Mend or uninstall that plugin.")
        return Finding(CHECK, holds=False, seen=Words(refused.zh, refused.en), cure=cure)
    with closing(book):
        policies = InstalledLeave(book.leave)
        gone = sorted({pattern for pattern, told in assigned if not _fits(policies, pattern, told)})
        offered = ", ".join(one.policy for one in policies.offered())
    at_fault = sorted({f"{one.policy} ({one.distribution}): {one.asked}, {one.reason}" for one in faults})
    return Finding(CHECK, not gone and not at_fault, _seen(offered, gone, at_fault), GONE if gone else AT_FAULT)


def _seen(offered: str, gone: list[str], at_fault: list[str]) -> Words:
    lacking, failing = ", ".join(gone), "; ".join(at_fault)
    return Words(
        f"已注册 {offered}；已指派但缺失：{lacking or '无'}；未解决的故障：{failing or '无'}。",
        f"{offered}; assigned but gone: {lacking or 'none'}; at fault: {failing or 'none'}.",
    )


def _fits(policies: InstalledLeave, policy: str, parameters: Mapping[str, Any]) -> bool:
    try:
        policies.checked(policy, parameters)
        policies.kinds(policy, orjson.dumps(parameters, option=orjson.OPT_SORT_KEYS).decode())
    except Refusal:
        return False
    return True
