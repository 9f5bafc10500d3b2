"""Processes: the steps that decisions of a kind run through, by unit and amount, from a date on (DEC-1, DEC-2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from bylaw_people.rules.decisions.refusals import ProcessUnfit

MOST_STEPS, MOST_LEVELS, MOST_HOURS, MOST_RELATED = 10, 5, 24 * 90, 100
DUE_HOURS = 48
NOTHING = Decimal(0)


class Weight(StrEnum):
    """How much a decision weighs."""

    ORDINARY = "ordinary"
    MAJOR = "major"


class StepKind(StrEnum):
    """Whom a step asks."""

    HEAD = "head"
    OPINION = "opinion"
    POSITION = "position"
    PERSON = "person"
    ROLE = "role"


class OpinionRule(StrEnum):
    """What counts of related units' opinions (DEC-1)."""

    ALL_AGREE = "all-agree"
    HEARD = "heard"


@dataclass(frozen=True, slots=True)
class Amount:
    """How much a decision is about; money is in the smallest unit of the currency `measure`."""

    value: Decimal
    measure: str
    money: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """Whom to ask; only from an amount on where that is stated. Times are hours from when the step is opened."""

    kind: StepKind
    unit: UUID | None = None
    position: UUID | None = None
    person: UUID | None = None
    levels_up: int = 0
    from_amount: Decimal = NOTHING
    due_hours: int = DUE_HOURS
    escalate_hours: int = 2 * DUE_HOURS
    role: str = ""

    @property
    def fault(self) -> tuple[str, str] | None:
        """What is wrong with it, in Chinese and English: it lacks or has too much, or its times are out of order."""
        return self._misnamed or self._out_of_bounds

    @property
    def _misnamed(self) -> tuple[str, str] | None:
        if (self.position is not None) != (self.kind is StepKind.POSITION):
            return "岗位步骤须写明岗位，其他步骤不得填写", "a position belongs to a position step, and to no other"
        if (self.person is not None) != (self.kind is StepKind.PERSON):
            return "人员步骤须写明人员，其他步骤不得填写", "a person belongs to a person step, and to no other"
        if bool(self.role) != (self.kind is StepKind.ROLE):
            return "角色步骤须写明角色，其他步骤不得填写", "a role belongs to a role step, and to no other"
        if self.kind is not StepKind.HEAD and (self.levels_up or self.unit):
            return "单位和上溯级数只用于负责人步骤", "a unit and levels up belong to a head step alone"
        return None

    @property
    def _out_of_bounds(self) -> tuple[str, str] | None:
        if not 0 <= self.levels_up <= MOST_LEVELS:
            return f"上溯级数应为 0 至 {MOST_LEVELS}", f"levels up must be 0 to {MOST_LEVELS}"
        if not 1 <= self.due_hours <= self.escalate_hours <= MOST_HOURS:
            return (
                f"时限应为 1 至 {MOST_HOURS} 小时，且升级不早于到期",
                f"hours must be 1 to {MOST_HOURS}, and it is escalated no earlier than it is due",
            )
        return None


@dataclass(frozen=True, slots=True)
class Process:
    """How decisions of a kind are taken from a date on, for a unit and all below it, or for everybody.

    One that ships has no id; `related` is empty where the units beside the requester's count as related. With
    `steps_from_service` a service of the suite that asks says who is asked; `steps` are for who ask themselves.
    """

    kind: str
    weight: Weight
    steps: tuple[Step, ...]
    measure: str = ""
    money: bool = False
    opinion: OpinionRule = OpinionRule.ALL_AGREE
    related: tuple[UUID, ...] = ()
    unit: UUID | None = None
    effective_date: date = date.min
    id: UUID | None = None
    retired: bool = False
    set_by: UUID | None = None
    steps_from_service: bool = False

    @property
    def name(self) -> str:
        """Its resource name."""
        return f"processes/{self.id or f'shipped-{self.kind}'}"

    @property
    def clause(self) -> str:
        """The clause by which it decides."""
        return "DEC-1" if self.weight is Weight.MAJOR else "DEC-2"

    def asked_for(self, wanted: tuple[Step, ...]) -> "Process":
        """With the steps that the asking service wants, where it wants any and the process leaves it to say so."""
        return replace(self, steps=wanted) if wanted and self.steps_from_service else self

    def plan(self, amount: Amount | None) -> tuple[Step, ...]:
        """The steps that apply: an amount that is not stated, or is in another measure, counts as the largest."""
        comparable = amount is not None and (amount.measure, amount.money) == (self.measure, self.money)
        if amount is None or not comparable:
            return self.steps
        return tuple(step for step in self.steps if step.from_amount <= amount.value or step.from_amount == NOTHING)


def nearest(held: Sequence[Process], path: Sequence[UUID], shipped: Mapping[str, Process], kind: str) -> Process | None:
    """The process that counts for a unit: the nearest unit's up the path, else everybody's, else the shipped one.

    `held` are those that hold on the day, one a kind and unit; `path` is the unit and those above it, nearest first.
    """
    by_unit = {process.unit: process for process in held if process.kind == kind and not process.retired}
    places: list[UUID | None] = [*path, None]
    return next((by_unit[place] for place in places if place in by_unit), shipped.get(kind))


def require_fit(process: Process) -> None:
    """Every amount ends at a deciding person, and a major decision goes to the related units; refuses PROCESS_UNFIT."""
    if process.retired:
        return
    if not 1 <= len(process.steps) <= MOST_STEPS:
        raise _unfit(f"应有 1 至 {MOST_STEPS} 个步骤", f"it needs 1 to {MOST_STEPS} steps")
    if len(process.related) > MOST_RELATED:
        raise _unfit(f"相关部门最多 {MOST_RELATED} 个", f"at most {MOST_RELATED} units are related")
    for number, step in enumerate(process.steps, start=1):
        if step.fault:
            zh, en = step.fault
            raise _unfit(f"第 {number} 步：{zh}", f"step {number}: {en}")
    if any(step.from_amount for step in process.steps) and not process.measure:
        raise _unfit("设有起点金额或数量时须说明计量单位", "steps from an amount on need a measure")
    if process.weight is Weight.MAJOR:
        _require_opinions(process)
    thresholds = sorted({NOTHING, *(step.from_amount for step in process.steps)})
    for value in thresholds:
        plan = process.plan(Amount(value, process.measure, process.money))
        if not plan or plan[-1].kind is StepKind.OPINION:
            raise _unfit(f"数额为 {value} 时没有决定人", f"at the amount {value} there is no deciding person")


def _require_opinions(process: Process) -> None:
    if not any(step.kind is StepKind.OPINION and step.from_amount == NOTHING for step in process.steps):
        raise _unfit("重大决策须对任何数额都征求相关部门意见", "a major decision asks the related units at any amount")
    if process.steps_from_service:
        raise _unfit("重大决策的步骤不能交由提出的服务决定", "the steps of a major decision are not left to a service")


def _unfit(zh: str, en: str) -> ProcessUnfit:
    return ProcessUnfit(detail_zh=zh, detail_en=en)
