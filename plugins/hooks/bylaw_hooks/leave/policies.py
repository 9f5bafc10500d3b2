"""What a leave policy is: a name, a version, parameters and kinds; what it does not say itself is inherited."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import ClassVar, Generic, TypeVar

from bylaw_hooks.leave.admitting import objections
from bylaw_hooks.leave.answers import Entitlement, LeaveKind, Objection, Step, Taken
from bylaw_hooks.leave.dates import Period
from bylaw_hooks.leave.facts import Employment, LeaveDay, LeaveRequest, Standing
from bylaw_hooks.leave.measuring import measure
from bylaw_hooks.parameters import Both, Parameters, setting


class LeaveParameters(Parameters):
    """What the inherited approval asks of every policy's parameters (LVE-2)."""

    unit_head_days: int = setting(
        "部门负责人可独自批准的天数(含)", "A unit's head approves alone up to so many days", default=3, ge=0, le=366
    )
    without_hr_days: int = setting(
        "无须人资批准的天数(含)", "HR is not asked up to so many days", default=10, ge=0, le=366
    )


P = TypeVar("P", bound=LeaveParameters)


class LeavePolicy(ABC, Generic[P]):
    """A policy is pure: same facts and parameters, same answer. It keeps nothing from call to call."""

    name: ClassVar[str]
    version: ClassVar[int]
    title: ClassVar[Both]
    parameters: type[P]

    @property
    def identity(self) -> str:
        """How an assignment and a ledger's entry name it: "statutory-leave@1"."""
        return f"{self.name}@{self.version}"

    @abstractmethod
    def kinds(self, parameters: P) -> tuple[LeaveKind, ...]:
        """The kinds of leave there are: all that a simple policy says."""

    def kind(self, code: str, parameters: P) -> LeaveKind:
        """The kind of that code; KeyError if there is none."""
        return {kind.code: kind for kind in self.kinds(parameters)}[code]

    def entitlements(self, employment: Employment, span: Period, parameters: P) -> Iterator[Entitlement]:  # noqa: ARG002
        """What somebody is given, or what is taken back, on the days of the span, in their order; inherited: nothing.

        Whoever asks by parts is told the same as whoever asks for the whole.
        """
        return iter(())

    def measure(self, request: LeaveRequest, days: tuple[LeaveDay, ...], parameters: P) -> tuple[Taken, ...]:
        """What the request takes of each of the days that it reaches."""
        return tuple(measure(self.kind(request.kind, parameters), request, days))

    def admit(
        self, request: LeaveRequest, measured: tuple[Taken, ...], *, standing: Standing, parameters: P
    ) -> tuple[Objection, ...]:
        """What speaks against it."""
        return tuple(objections(self.kind(request.kind, parameters), request, measured, standing=standing))

    def approval(self, request: LeaveRequest, measured: tuple[Taken, ...], parameters: P) -> tuple[Step, ...]:
        """Who is asked, one after the other: by length, and whom the kind names besides (LVE-2).

        A company that has set a process of its own for leave stands above it.
        """
        days, named = sum(one.days for one in measured), self.kind(request.kind, parameters).steps
        asked = {Step.UNIT_HEAD, *named}
        asked |= {Step.HEAD_ABOVE} if days > parameters.unit_head_days else set()
        asked |= {Step.HR} if days > parameters.without_hr_days else set()
        return tuple(step for step in Step if step in asked)
