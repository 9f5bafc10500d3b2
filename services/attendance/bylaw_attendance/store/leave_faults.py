"""What leave policies failed at: a row for each thing a policy is asked, from the failure to the next good run."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_attendance.rules.leave.leave_faults import LeaveFault, Question
from bylaw_attendance.store.leave_assignment_tables import leave_assignments, leave_policy_faults

_COLUMNS = leave_policy_faults.c
_TOLD = ("distribution", "reason", "rule", "day", "last_seen")


def note(connection: sa.Connection, fault: LeaveFault) -> None:
    """Keeps a failure, or sees the one on record once more: it tells what was seen last."""
    insert = pg.insert(leave_policy_faults).values(fault._asdict())
    seen = {name: insert.excluded[name] for name in _TOLD}
    again = {**seen, "seen_count": _COLUMNS.seen_count + 1}
    connection.execute(insert.on_conflict_do_update(index_elements=Question._fields, set_=again))


def settle(connection: sa.Connection, question: Question, *, seen_before: datetime) -> None:
    """The same went well: what was seen of it before is over."""
    same = [_COLUMNS[name] == told for name, told in question._asdict().items()]
    connection.execute(leave_policy_faults.delete().where(*same, _COLUMNS.last_seen <= seen_before))


def listed(connection: sa.Connection) -> list[LeaveFault]:
    """Everything on record of policies that are assigned, newest first: nobody waits for one that was withdrawn."""
    holds = leave_assignments.c
    assigned = sa.exists().where(holds.pattern == _COLUMNS.policy, holds.withdrawn_at.is_(None))
    query = sa.select(*(_COLUMNS[name] for name in LeaveFault._fields)).where(assigned)
    rows = connection.execute(query.order_by(_COLUMNS.last_seen.desc(), *(_COLUMNS[one] for one in Question._fields)))
    return [LeaveFault(*row) for row in rows]
