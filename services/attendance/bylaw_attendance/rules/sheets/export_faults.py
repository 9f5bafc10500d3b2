"""What is kept of an export layout's failure until it goes well again."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from bylaw_attendance.rules.sheets.export_refusals import (
    ExportAnswerInvalid,
    ExportLayoutAtFault,
    ExportLayoutFailed,
    ExportLayoutTimedOut,
)

_BROKEN: Mapping[str, type[ExportLayoutAtFault]] = MappingProxyType(
    {kind.reason: kind for kind in (ExportLayoutFailed, ExportLayoutTimedOut, ExportAnswerInvalid)}
)


class LayoutFault(NamedTuple):
    """A layout that could not do its work: whose it is, by which reason and rule, how often, since when."""

    layout: str
    distribution: str
    reason: str
    rule: str
    first_seen: datetime
    last_seen: datetime
    seen_count: int = 1


def layout_fault(refusal: ExportLayoutAtFault, now: datetime) -> LayoutFault:
    """What is kept of a refusal."""
    told = refusal.variables
    return LayoutFault(told["layout"], told["distribution"], refusal.reason, told["rule"], now, now)


def refusal_of_layout(fault: LayoutFault) -> ExportLayoutAtFault:
    """What somebody is told of it."""
    return _BROKEN[fault.reason](layout=fault.layout, distribution=fault.distribution, rule=fault.rule)
