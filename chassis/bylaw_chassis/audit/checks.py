"""What the doctor examines of the audit trail: the chain, its unsealed tail, and the heads kept outside."""

from collections.abc import Sequence

import sqlalchemy as sa

from bylaw_chassis.audit.chain import Break, prove
from bylaw_chassis.audit.heads import contradicted
from bylaw_chassis.audit.tail import unsealed
from bylaw_chassis.findings import Examined, Finding, Words

CHANGED_CURE = Words(
    "有人绕过系统改动了审计记录：请保全数据库现状，与备份及库外保存的链头比对，并查明谁有数据库管理权限。",
    "Somebody changed the audit behind Bylaw's back: keep the database as it is, compare it with back-ups and with"
    " heads kept outside, and find out who may administer it.",
)
LATE_CURE = Words(
    "封存任务没有运行，或有事务一直未结束：请查看日志中的 job_failed 与 audit_seal_late，"
    "并在 pg_stat_activity 中查找最早的事务。",
    "The sealer does not run, or a transaction never ends: look for job_failed and audit_seal_late in the log, and for"
    " the oldest transaction in pg_stat_activity.",
)
HEADS_CURE = Words(
    "若刚从备份恢复，则备份之后的审计已丢失，请记录在案；否则即有人删改了审计：请保全现状并查明。",
    "After a restore this is what the restore lost: put it on record. Otherwise somebody cut or rewrote the audit: keep"
    " everything as it is and find out who.",
)


def audit_chain(connection: sa.Connection, _: Examined) -> Finding:
    """Every seal follows from its rows and from the seal before."""
    proof = prove(connection)
    speed = proof.rows_per_second
    seen = Words(
        f"{proof.seals} 个封条、{proof.rows} 行记录均已重算，相符(每秒 {speed} 行)。",
        f"{proof.seals} seals over {proof.rows} rows recomputed and whole ({speed} rows a second).",
    )
    if proof.stray:
        seen = Words(f"{proof.stray} 行在链外。", f"{proof.stray} rows stand outside the chain.")
    if proof.broken:
        seen = _told(proof.broken)
    return Finding("audit chain", holds=proof.whole, seen=seen, cure=CHANGED_CURE)


def audit_tail(connection: sa.Connection, examined: Examined) -> Finding:
    """What waits for its seal does so for seconds only."""
    tail, now = unsealed(connection), examined.database.clock()
    seconds = int(tail.age(now).total_seconds())
    return Finding(
        "audit tail",
        not (examined.running and tail.is_late(now)),
        Words(
            f"{tail.rows} 行尚未封存，最早一行已等待 {seconds} 秒；未封存的部分不受链保护。",
            f"{tail.rows} rows wait for their seal, the oldest for {seconds} s; until then the chain does not protect"
            " them.",
        ),
        LATE_CURE,
    )


def audit_heads(connection: sa.Connection, examined: Examined) -> Finding:
    """The chain has every head that was kept outside the database."""
    if examined.heads is None:
        seen = Words("没有可比对的库外链头。", "no heads kept outside were there to compare with.")
        return Finding("audit heads", holds=True, seen=seen, cure=HEADS_CURE)
    own = [exported for exported in examined.heads if exported.head.service == examined.migrations.schema]
    fault = contradicted(connection, own) if own else None
    seen = Words(f"{len(own)} 个库外链头均在链中。", f"all {len(own)} heads kept outside are in the chain.")
    if fault:
        exported, instead = fault
        number, when = exported.head.number, exported.exported_at.isoformat(timespec="seconds")
        seen = Words(
            f"{when} 导出的第 {number} 个封条，现{'已不是同一个' if instead else '已不存在'}。",
            f"seal {number}, exported at {when}, is {'another one now' if instead else 'gone'}.",
        )
    return Finding("audit heads", holds=fault is None, seen=seen, cure=HEADS_CURE)


def _told(broken: Break) -> Words:
    parts = [(broken.changed, "被改", "changed"), (broken.missing, "缺失", "missing"), (broken.added, "多出", "added")]
    zh = [f"{word}的行 {_listed(ids)}" for ids, word, _ in parts if ids]
    en = [f"rows {word}: {_listed(ids)}" for ids, _, word in parts if ids]
    return Words(
        f"第一处断裂在第 {broken.seal} 个封条：{'；'.join(zh) or '封条本身缺失或被改'}。",
        f"the first broken link is seal {broken.seal}: {'; '.join(en) or 'the seal itself is missing or was changed'}.",
    )


def _listed(ids: Sequence[int]) -> str:
    return ", ".join(map(str, ids))
