"""What the doctor examines of access: every running grant has a holder, and no outsider's goes beyond a permission."""

import sqlalchemy as sa
from bylaw_chassis.doctor import Examined, Finding, Words

from bylaw_people.rules.staff import EmploymentKind
from bylaw_people.store.access_tables import outside_accesses
from bylaw_people.store.tables import appointments, grants, people, positions

NAME = "access"
CURE = Words(
    "有人绕过系统改动了授权：请撤销这些授权，与备份比对，并查明谁有数据库管理权限。",
    "Somebody changed grants behind Bylaw's back: revoke these, compare with a back-up and find out who may administer"
    " the database.",
)


def access(connection: sa.Connection, _: Examined) -> Finding:
    """No running grant without a holder (SEC-1), none of an outsider beyond the head's permission (SEC-2)."""
    running = grants.c.ended_at.is_(None)
    count, nobodys, beyond = (
        connection.execute(sa.select(sa.func.count()).select_from(grants).where(running, asked)).scalar_one()
        for asked in (sa.true(), _without_holder(), sa.and_(_to_outsider(), ~_permitted()))
    )
    return Finding(
        NAME,
        not (nobodys or beyond),
        Words(
            f"授权 {count} 项，持有者不存在的 {nobodys} 项，超出外部人员准入的 {beyond} 项。",
            f"{count} grants, {nobodys} to nobody there is, {beyond} to outsiders beyond their permission.",
        ),
        CURE,
    )


def _without_holder() -> sa.ColumnElement[bool]:
    person = sa.exists().where(people.c.id == grants.c.person)
    position = sa.exists().where(positions.c.id == grants.c.position)
    return ~sa.or_(person, position)


def _to_outsider() -> sa.ColumnElement[bool]:
    """That it was given to somebody who, as was known then, is from outside on its first day."""
    columns, given_at = appointments.c, grants.c.granted_at
    return sa.exists().where(
        columns.person == grants.c.person,
        columns.employment_kind == EmploymentKind.EXTERNAL.value,
        columns.start_date <= grants.c.start_date,
        sa.or_(columns.end_date.is_(None), columns.end_date >= grants.c.start_date),
        columns.recorded_at <= given_at,
        sa.or_(columns.superseded_at.is_(None), columns.superseded_at > given_at),
    )


def _permitted() -> sa.ColumnElement[bool]:
    """That a permission which was not ended holds all its days."""
    columns = outside_accesses.c
    return sa.exists().where(
        columns.person == grants.c.person,
        columns.ended_at.is_(None),
        columns.start_date <= grants.c.start_date,
        columns.end_date >= grants.c.end_date,
    )
