"""Sets the process of a kind from a date, for everybody or for a unit and all below it."""

from bylaw_chassis.caller import Caller
from bylaw_chassis.refusals import FieldInvalid

from bylaw_people.ports import Needs, Records
from bylaw_people.rules.decisions.content import require_kind, require_measure
from bylaw_people.rules.decisions.process import Process, require_fit
from bylaw_people.rules.decisions.seats import Wanted
from bylaw_people.rules.refusals import PersonNotFound, PositionNotFound, UnitNotFound
from bylaw_people.use_cases.access.finding import role_to_give
from bylaw_people.use_cases.finding import require_everywhere, unit_within

PERMISSION = "people.processes.set"


def set_process(process: Process, caller: Caller, needs: Needs) -> Process:
    """Refuses PROCESS_UNFIT, UNIT_, POSITION_, PERSON_ and ROLE_NOT_FOUND, PERMISSION_MISSING, FIELD_INVALID."""
    today = needs.today()
    require_kind(process.kind, field="process.kind")
    if process.measure:
        require_measure(process.measure, money=process.money, field="process.measure")
    if process.effective_date < today:
        raise FieldInvalid(
            field="process.effective_date", zh=f"不能早于今天 {today}", en=f"must not be before today, {today}"
        )
    require_fit(process)
    with needs.store.work(caller) as records:
        if process.unit is None:
            require_everywhere(caller, PERMISSION)
        else:
            unit_within(records, process.unit, caller.reach(PERMISSION), today=today)
        _require_named(records, process)
        for role in sorted({step.role for step in process.steps if step.role}):
            role_to_give(records, role, needs)
        records.processes.add(process)
    return process


def _require_named(records: Records, process: Process) -> None:
    """Everything the steps name is there on the first day."""
    units = frozenset({*(step.unit for step in process.steps if step.unit), *process.related})
    positions = frozenset(step.position for step in process.steps if step.position)
    people = frozenset(step.person for step in process.steps if step.person)
    posts = records.posts.on(process.effective_date, Wanted(units, positions, people))
    if units - posts.parents.keys():
        raise UnitNotFound
    if positions - posts.homes.keys():
        raise PositionNotFound
    if people - posts.employed:
        raise PersonNotFound
