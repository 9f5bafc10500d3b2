"""A distribution's policies as objects at hand: in a worker, or, of those we ship, inside the service."""

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from functools import lru_cache
from typing import Any, NamedTuple

import orjson
from bylaw_hooks import (
    AnswerColumns,
    BatchShiftPattern,
    CardParameters,
    DayFacts,
    MonthAnswer,
    MonthFacts,
    MonthPlan,
    NoticeFacts,
    PlanColumns,
    ShiftPattern,
)
from bylaw_kit.adapting import pack_answers, pack_plans
from bylaw_kit.cutting import compiled

from bylaw_plugin_host.at_work import policy_at_work, raised, validation
from bylaw_plugin_host.courier_questions import CourierQuestion
from bylaw_plugin_host.digests import digest
from bylaw_plugin_host.importer_calls import ImporterCalls
from bylaw_plugin_host.joining import joined_plans
from bylaw_plugin_host.kept import Kept
from bylaw_plugin_host.layout_calls import LayoutCalls
from bylaw_plugin_host.layout_questions import LayoutQuestion
from bylaw_plugin_host.leave_calls import LeaveCalls
from bylaw_plugin_host.leave_questions import LeaveQuestion
from bylaw_plugin_host.manifest import Manifest, manifest_of
from bylaw_plugin_host.outcomes import (
    ANSWER_INVALID,
    Batch,
    CallFailed,
    Failure,
    Judged,
    Runner,
)
from bylaw_plugin_host.outward_calls import OutwardCalls
from bylaw_plugin_host.registering import Registration
from bylaw_plugin_host.states import States

KEPT_PARAMETERS, KEPT_PLANS = 256, 512
NONE = memoryview(array("q")).toreadonly()
NOTHING = AnswerColumns(NONE, NONE, NONE, NONE, NONE, NONE, NONE, ())
MOODS = Failure(ANSWER_INVALID, "C12", detail="judged twice, answered differently")
CHANGED = Failure(ANSWER_INVALID, "C18")
NO_WORDS = Failure(ANSWER_INVALID, detail="words of a rota that are no texts")


State = tuple[int, tuple[object, ...]]
"""What a calendar was like, and its plan."""


class Prepared(NamedTuple):
    """A calendar's plan, as an object, as columns, their digest, and what both were when they were new."""

    plan: MonthPlan
    columns: PlanColumns
    digest: str
    state: State


class Loaded:
    """A runner that calls the policies directly. What is kept between calls is ours, never a policy's."""

    def __init__(self, distribution: str, version: str, registration: Registration) -> None:
        with policy_at_work():
            self.manifest: Manifest = manifest_of(distribution, version, registration)
        self._patterns = {one.pattern.identity: one.pattern for one in registration.patterns}
        self._outward = OutwardCalls(registration.channels, registration.couriers)
        self._leave = LeaveCalls(registration.leave_policies)
        self._layouts = LayoutCalls(registration.layouts)
        importers = ImporterCalls(registration.importers)
        self.match_headers, self.read_orders = importers.match_headers, importers.read_orders
        self._parameters = lru_cache(KEPT_PARAMETERS)(self._parse)
        self._states = States()
        self._kept = Kept[tuple[str, str, tuple[DayFacts, ...]], Prepared](KEPT_PLANS)

    def check_parameters(self, identity: str, parameters: str) -> str:
        with policy_at_work():
            told = self._parameters(identity, parameters).model_dump(mode="json")
            return orjson.dumps(told, option=orjson.OPT_SORT_KEYS).decode()

    def cells(self, identity: str, parameters: str) -> tuple[str, ...] | None:
        pattern, model = self._patterns[identity], self._parameters(identity, parameters)
        with policy_at_work():
            known = pattern.cells(model)
            if known is not None and not (isinstance(known, tuple) and all(type(word) is str for word in known)):
                raise CallFailed(NO_WORDS, divisible=False)
            return known

    def plan(self, identity: str, parameters: str, days: tuple[DayFacts, ...]) -> PlanColumns:
        return self._prepared(identity, parameters, days).columns

    def plans(self, identity: str, parameters: str, calendars: Sequence[tuple[DayFacts, ...]]) -> Sequence[PlanColumns]:
        prepared = self._prepare(identity, parameters, calendars)
        for days, one in zip(calendars, prepared, strict=True):
            self._kept.put((identity, parameters, days), one)
        return [one.columns for one in prepared]

    def judge(self, identity: str, parameters: str, batch: Batch, *, alone: bool = False) -> Judged:  # noqa: ARG002
        pattern, model = self._patterns[identity], self._parameters(identity, parameters)
        prepared = [self._prepared(identity, parameters, days) for days in batch.calendars]
        plans = [one.plan for one in prepared]
        before = ([one.state for one in prepared], model.model_dump_json())
        with self._unchanged(before, lambda: (_states(batch.calendars, plans), model.model_dump_json())):
            if isinstance(pattern, BatchShiftPattern):
                answers, failures = _judge_batch(pattern, model, prepared, batch=batch), dict[int, Failure]()
            else:
                answers, failures = _judge_each(pattern, model, plans, batch=batch)
        return Judged(answers, failures, [one.digest for one in prepared])

    @contextmanager
    def apart(self) -> Iterator[Sequence[Runner]]:
        yield [self]

    def check_settings(self, channel: str, stated: Mapping[str, str]) -> None:
        self._outward.settings(channel, stated)

    def deliver(
        self, channel: str, stated: Mapping[str, str], notice: NoticeFacts, *, address: str, within_seconds: float
    ) -> None:
        self._outward.deliver(channel, stated, notice, address=address, within_seconds=within_seconds)

    def courier(self, question: CourierQuestion) -> bytes:
        return self._outward.courier(question)

    def leave(self, question: LeaveQuestion) -> str:
        return self._leave.answer(question)

    def export(self, question: LayoutQuestion) -> bytes:
        return self._layouts.answer(question)

    losses = None

    def output(self) -> str:
        return ""

    def close(self) -> None:
        """Nothing was started."""

    def _forget(self) -> None:
        """What was spoiled once must not judge again."""
        self._parameters.cache_clear()
        self._kept.clear()
        self._states.clear()

    def _parse(self, identity: str, parameters: str) -> CardParameters:
        kind: type[CardParameters] = self._patterns[identity].parameters
        with policy_at_work(), validation():
            return kind.model_validate_json(parameters)

    def _prepared(self, identity: str, parameters: str, days: tuple[DayFacts, ...]) -> Prepared:
        return self._kept.get((identity, parameters, days), lambda: self._prepare(identity, parameters, [days])[0])

    def _prepare(self, identity: str, parameters: str, calendars: Sequence[tuple[DayFacts, ...]]) -> Sequence[Prepared]:
        pattern, model = self._patterns[identity], self._parameters(identity, parameters)
        seen = States()
        of_days = [*map(seen.of_days, calendars)]
        before = (True, model.model_dump_json())
        with self._unchanged(before, lambda: (seen.days_still(), model.model_dump_json())), policy_at_work():
            plans = [compiled(pattern, days, model) for days in calendars]
            states = zip(of_days, map(self._states.of_plan, plans), strict=True)
            columns = [pack_plans([plan]) for plan in plans]
        return list(map(Prepared, plans, columns, map(digest, columns), states))

    @contextmanager
    def _unchanged(self, before: object, after: Callable[[], object]) -> Iterator[None]:
        """CallFailed (C18), for all concerned, where something that was handed over is not what it was."""
        try:
            yield
        finally:
            if not _still(before, after):
                self._forget()
                raise CallFailed(CHANGED, divisible=False)


def _judge_batch(
    pattern: BatchShiftPattern[Any], model: CardParameters, prepared: Sequence[Prepared], *, batch: Batch
) -> AnswerColumns:
    # Columns are protected by what they are: they lie over bytes, which nobody can change.
    columns = prepared[0].columns if len(prepared) == 1 else joined_plans([one.columns for one in prepared])
    with policy_at_work():
        return _as_columns(pattern.judge_batch(batch.facts, columns, model))


def _still(before: object, after: Callable[[], object]) -> bool:
    try:
        return after() == before
    except (Exception, SystemExit):  # noqa: BLE001 - what can no longer be read is no longer the same
        return False


def _states(calendars: Sequence[tuple[DayFacts, ...]], plans: Sequence[MonthPlan]) -> list[State]:
    now = States()
    return [(now.of_days(days), now.of_plan(plan)) for days, plan in zip(calendars, plans, strict=True)]


def _judge_each(
    pattern: ShiftPattern[Any], model: CardParameters, plans: Sequence[MonthPlan], *, batch: Batch
) -> tuple[AnswerColumns, dict[int, Failure]]:
    answers: dict[int, MonthAnswer] = {}
    failures: dict[int, Failure] = {}
    for place, (month, number) in enumerate(zip(batch.months, batch.numbers, strict=True)):
        given = _given(month)
        try:
            answer = pattern.judge_month(month, plans[number], model)
            fault = _fault(answer, person=given[0], halves=len(plans[number].segments))
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a policy raises concerns this person alone
            fault = raised(error)
        if _given(month) != given:
            fault = CHANGED
        if fault:
            failures[place] = fault
        else:
            answers[place] = answer
    _judge_again(pattern, model, plans, batch=batch, answers=answers)
    return _pack(answers, failures), failures


def _given(month: MonthFacts) -> tuple[Any, ...]:
    return month.person, month.days, month.punches, month.directions, month.decided_until, month.handed_over


def _fault(answer: object, *, person: int, halves: int) -> Failure | None:
    if not isinstance(answer, MonthAnswer):
        return Failure(ANSWER_INVALID, "C1", detail=f"{type(answer).__name__} instead of an answer")
    if answer.person != person:
        return Failure(ANSWER_INVALID, "C1", detail="an answer for somebody else")
    cards = {len(answer.kinds), len(answer.minutes), len(answer.punches), len(answer.clauses)}
    if cards != {2 * halves} or {len(answer.verdicts), len(answer.verdict_clauses), len(answer.worked_minutes)} != {
        halves
    }:
        return Failure(ANSWER_INVALID, "C2", detail="another number of cards than planned")
    return None


def _judge_again(
    pattern: ShiftPattern[Any],
    model: CardParameters,
    plans: Sequence[MonthPlan],
    *,
    batch: Batch,
    answers: dict[int, MonthAnswer],
) -> None:
    """One of each batch is judged twice: a policy of moods (C12, C19) is worth nothing to anybody."""
    for place, answer in list(answers.items())[:1]:
        with policy_at_work():
            again = pattern.judge_month(batch.months[place], plans[batch.numbers[place]], model)
        if again != answer:
            raise CallFailed(MOODS, divisible=False)


def _pack(answers: dict[int, MonthAnswer], failures: dict[int, Failure]) -> AnswerColumns:
    """Columns of the answers; an answer that does not fit into columns joins the failures."""
    try:
        return _sound(pack_answers(answers.values()))
    except (Exception, SystemExit):  # noqa: BLE001 - whose it was is found one by one
        for place, answer in answers.items():
            try:
                _sound(pack_answers([answer]))
            except (Exception, SystemExit) as error:  # noqa: BLE001
                failures[place] = Failure(ANSWER_INVALID, "C7", detail=f"{type(error).__name__}: no whole numbers")
        kept = [answer for place, answer in answers.items() if place not in failures]
        return pack_answers(kept) if kept else NOTHING


def _sound(columns: AnswerColumns) -> AnswerColumns:
    if not all(type(text) is str for text in columns.texts):
        raise TypeError("a clause that is no text")
    return columns


def _as_columns(answer: object) -> AnswerColumns:
    """What a batch form answered, its columns as plain int64; CallFailed where it is nothing of the kind."""
    if not isinstance(answer, AnswerColumns):
        raise CallFailed(Failure(ANSWER_INVALID, "C1", detail=f"{type(answer).__name__} instead of answers"))
    try:
        columns = {field.name: _plain(getattr(answer, field.name)) for field in fields(answer) if field.name != "texts"}
        return _sound(AnswerColumns(**columns, texts=tuple(answer.texts)))
    except (TypeError, ValueError, BufferError) as error:
        raise CallFailed(Failure(ANSWER_INVALID, "C2", detail=f"no columns: {type(error).__name__}")) from error


def _plain(column: Any) -> Any:
    """A column as the surface has it: numpy calls the same eight bytes "l"."""
    held = memoryview(column)
    if held.format not in {"q", "l"} or held.itemsize != 8:
        raise TypeError("columns hold int64")
    return held.cast("B").cast("q").toreadonly() if held.nbytes else NONE
