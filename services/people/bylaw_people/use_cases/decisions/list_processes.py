"""Lists the processes that hold on a date, as far as they concern the caller."""

from collections.abc import Sequence
from datetime import date

from bylaw_chassis.caller import Caller

from bylaw_people.ports import Needs
from bylaw_people.rules.decisions.process import Process
from bylaw_people.rules.decisions.seats import Posts, Wanted
from bylaw_people.rules.decisions.shipped import SHIPPED

PERMISSION = "people.processes.read"


def list_processes(
    day: date, kind: str, *, caller: Caller, needs: Needs, after: Sequence[str] | None, limit: int
) -> Sequence[Process]:
    """By kind, those for everybody first.

    Shipped ones where the company has none of its own for everybody; of units, those of the caller's own path and those
    within reach.
    """
    with needs.store.read() as records:
        held = [process for process in records.processes.on(day, kind=kind) if not process.retired]
        posts = records.posts.on(day, Wanted(frozenset(process.unit for process in held if process.unit)))
        home = records.posts.unit_of(caller.person, day) if caller.person else None
        own = frozenset(records.posts.on(day, Wanted(frozenset({home} if home else ()))).path(home))
    replaced = {process.kind for process in held if process.unit is None}
    shipped = [process for process in SHIPPED.values() if process.kind not in replaced and kind in {"", process.kind}]
    shown = [process for process in held if process.unit in own or _reached(process, caller, posts)]
    found = sorted([*shipped, *shown], key=place_of)
    return [process for process in found if after is None or place_of(process) > tuple(after)][:limit]


def place_of(process: Process) -> tuple[str, str]:
    """Where a process stands in the list."""
    return process.kind, str(process.unit or "")


def _reached(process: Process, caller: Caller, posts: Posts) -> bool:
    reach = caller.reach(PERMISSION)
    if process.unit is None or reach.everyone:
        return True
    return process.unit in reach.units or bool(reach.subtrees & {*posts.path(process.unit)})
