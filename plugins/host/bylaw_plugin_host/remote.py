"""A runner that asks a distribution's worker, in frames."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from typing import Any, TypeVar

from bylaw_hooks import AnswerColumns, DayFacts, DeliveryFailed, NoticeFacts, PlanColumns
from bylaw_hooks.couriers import CourierFailed, PushRefused
from bylaw_kit.adapting import columns_of, pack_days

from bylaw_plugin_host.courier_questions import CourierQuestion
from bylaw_plugin_host.deadlines import PATIENCE, PATIENCE_WITH_MANY, can_tell
from bylaw_plugin_host.discovery import Found
from bylaw_plugin_host.frames import Frame, Header, LineBroken
from bylaw_plugin_host.importer_calls import SHAPELESS
from bylaw_plugin_host.importer_questions import (
    Headers,
    Matched,
    Read,
    ReadWish,
    hear_matched,
    hear_read,
    say_tables,
)
from bylaw_plugin_host.layout_questions import LayoutQuestion
from bylaw_plugin_host.leave_questions import LeaveQuestion, NoSuchShape
from bylaw_plugin_host.manifest import Manifest
from bylaw_plugin_host.messages import (
    LongText,
    build,
    hear_failure,
    hear_failures,
    hear_violations,
    hear_words,
    text_of,
)
from bylaw_plugin_host.outcomes import Batch, CallFailed, Judged, Losses, ParametersRefused, Runner
from bylaw_plugin_host.supervisor import Supervisor
from bylaw_plugin_host.workers import Limits

T = TypeVar("T")
ROWS_A_PERSON = 50
"""So many rows of orders get as much time as a person's month."""


class Remote:
    """The policies of one distribution, which the service never imports."""

    def __init__(self, found: Found, limits: Limits, *, like: "Remote | None" = None) -> None:
        self.supervisor: Supervisor = Supervisor(found, limits, like=like.supervisor if like else None)
        self._found, self._limits = found, limits
        self._manifest: Manifest | None = None
        self._asked_apart = threading.Lock()
        self._others: list[Remote] = []
        self._ready_for: tuple[object, ...] = ()

    @property
    def manifest(self) -> Manifest:
        """What its first worker said; PluginRefused where it could not."""
        if self._manifest is None:
            self._manifest = self.supervisor.introduce()
        return self._manifest

    def check_parameters(self, identity: str, parameters: str) -> str:
        return self._ask({"ask": "parameters", "identity": identity, "parameters": parameters}, _text("parameters"))

    def cells(self, identity: str, parameters: str) -> tuple[str, ...] | None:
        asked = {"ask": "cells", "identity": identity, "parameters": parameters}
        return self._ask(asked, lambda header, _: hear_words(header.get("cells", False)))

    def plan(self, identity: str, parameters: str, days: tuple[DayFacts, ...]) -> PlanColumns:
        packed = pack_days([days])
        asked = {"ask": "plan", "identity": identity, "parameters": parameters, "texts": packed.texts}
        return self._ask(asked, lambda header, columns: build(PlanColumns, columns, header.get("texts")), packed)

    def plans(
        self,
        identity: str,  # noqa: ARG002
        parameters: str,  # noqa: ARG002
        calendars: Sequence[tuple[DayFacts, ...]],  # noqa: ARG002
    ) -> Sequence[PlanColumns]:
        return ()  # each has its own time, so that one that hangs is told from the others

    def judge(self, identity: str, parameters: str, batch: Batch, *, alone: bool = False) -> Judged:
        if alone:
            self._have_planned(identity, parameters, batch.calendars)
        packed, people = pack_days(batch.calendars), len(batch.months)
        asked = {"ask": "judge", "identity": identity, "parameters": parameters, "texts": packed.texts}

        def read(header: Header, columns: Iterator[memoryview]) -> Judged:
            failures = hear_failures(header.get("failures"), people)
            digests = header.get("plans")
            if not isinstance(digests, list):
                raise LineBroken("no digests")
            return Judged(build(AnswerColumns, columns, header.get("texts")), failures, digests)

        limit = self._limits.alone_seconds if alone and can_tell() else self._limits.seconds_for(people)
        return self._ask(asked, read, packed, batch.facts, limit=limit, once=people > 1)

    @contextmanager
    def apart(self) -> Iterator[Sequence[Runner]]:
        """Itself and further workers, started now and ended afterwards."""
        with self._asked_apart:
            try:
                with suppress(OSError):  # a machine that has no process to spare still has the worker
                    for _ in range(1, self._limits.side_by_side):
                        self._others.append(Remote(self._found, self._limits, like=self))
                yield [self, *self._others]
            finally:
                self._close_others()

    def _have_planned(self, identity: str, parameters: str, calendars: Sequence[tuple[DayFacts, ...]]) -> None:
        """Has a worker that is new make the plans first, so that nobody's time alone is spent on them."""
        ready = (self.supervisor.number, identity, parameters, *map(id, calendars))
        if ready != self._ready_for:
            for days in calendars:
                self.plan(identity, parameters, days)
            self._ready_for = (self.supervisor.number, *ready[1:])

    def leave(self, question: LeaveQuestion) -> str:
        return self._ask({"ask": "leave", **question._asdict()}, _text("answer"))

    def export(self, question: LayoutQuestion) -> bytes:
        asked = {"ask": "export", "identity": question.identity, "people": question.people}
        return self._ask(
            {**asked, "length": len(question.month)},
            lambda header, columns: text_of(next(columns, None), header.get("length")),
            LongText.of(question.month),
            limit=self._limits.seconds_for(question.people),
        )

    def match_headers(self, identity: str, headers: Headers) -> Matched:
        asked = {"ask": "headers", "identity": identity, "headers": headers}
        try:
            return hear_matched(self._ask(asked, lambda header, _: header.get("matched")))
        except NoSuchShape:
            raise CallFailed(SHAPELESS, divisible=False) from None

    def read_orders(self, wish: ReadWish) -> Iterator[Read]:
        told, rows = say_tables(wish.tables)
        asked = {"ask": "orders", "identity": wish.identity, "zone": wish.shop.zone.key, "currency": wish.shop.currency}
        answer = self._ask(
            {**asked, "length": len(told)},
            lambda header, columns: text_of(next(columns, None), header.get("length")),
            LongText.of(told),
            limit=self._limits.seconds_for(rows // ROWS_A_PERSON),
            once=True,
        )
        try:
            yield from hear_read(answer)
        except NoSuchShape:
            raise CallFailed(SHAPELESS, divisible=False) from None

    def check_settings(self, channel: str, stated: Mapping[str, str]) -> None:
        self._ask({"ask": "settings", "channel": channel, "stated": dict(stated)}, lambda *_: None)

    def deliver(
        self, channel: str, stated: Mapping[str, str], notice: NoticeFacts, *, address: str, within_seconds: float
    ) -> None:
        told = {**asdict(notice), "sent_at": notice.sent_at.isoformat()}
        asked = {"ask": "deliver", "channel": channel, "stated": dict(stated), "notice": told, "address": address}
        limit = self._limits.seconds_for(0) + within_seconds
        self._ask({**asked, "within_seconds": within_seconds}, _delivered, limit=limit, once=True)

    def courier(self, question: CourierQuestion) -> bytes:
        asked = {"ask": "courier", **question._asdict(), "stated": dict(question.stated), "length": len(question.facts)}
        del asked["facts"]
        return self._ask(
            asked,
            lambda header, columns: text_of(next(columns, None), header.get("length")),
            LongText.of(question.facts),
            limit=self._limits.seconds_for(0) + question.within_seconds,
            once=True,
        )

    @property
    def losses(self) -> Losses:
        """What it has cost in workers since the start."""
        return self.supervisor.losses

    def output(self) -> str:
        return self.supervisor.output()

    def close(self) -> None:
        """End its processes."""
        self.supervisor.close()
        self._close_others()

    def _close_others(self) -> None:
        others, self._others = self._others, []
        for one in others:
            one.close()

    def _ask(
        self,
        header: Header,
        read: Callable[[Header, Iterator[memoryview]], T],
        *packed: Any,
        limit: float | None = None,
        once: bool = False,
    ) -> T:
        columns = [column for one in packed for column in columns_of(one)]
        return self.supervisor.ask(
            header,
            columns,
            seconds=self._limits.seconds_for(0) if limit is None else limit,
            read=lambda frame: _read(frame, read),
            deaths=1 if once else 2,
            patience=PATIENCE_WITH_MANY if once else PATIENCE,
        )()


def _read(frame: Frame, read: Callable[[Header, Iterator[memoryview]], T]) -> Callable[[], T]:
    """The answer, or the refusal it tells of, to be had outside: a policy's refusal is no fault of the line."""
    header, columns = frame
    if "violations" in header:
        return _raising(ParametersRefused(hear_violations(header["violations"])))
    if "undelivered" in header:
        reason, for_good = _reason(header["undelivered"], "for_good")
        return _raising(DeliveryFailed(reason, for_good=for_good))
    if "unasked" in header:
        reason, for_good = _reason(header["unasked"], "for_good")
        return _raising(CourierFailed(reason, for_good=for_good))
    if "unpushed" in header:
        reason, forged = _reason(header["unpushed"], "forged")
        return _raising(PushRefused(reason, forged=forged))
    if "failed" in header:
        return _raising(CallFailed(hear_failure(header["failed"]), divisible=header.get("divisible") is True))
    rest = iter(columns)
    answer = read(header, rest)
    if next(rest, None) is not None:
        raise LineBroken("too many columns")
    return lambda: answer


def _reason(told: Any, mark: str) -> tuple[str, bool]:
    if not isinstance(told, dict) or type(told.get("reason")) is not str:
        raise LineBroken("no reason")
    return told["reason"], told.get(mark) is True


def _delivered(header: Header, _: Iterator[memoryview]) -> None:
    if header.get("delivered") is not True:
        raise LineBroken("nothing of the delivery")


def _raising(error: Exception) -> Callable[[], Any]:
    def throw() -> Any:
        raise error

    return throw


def _text(name: str) -> Callable[[Header, Iterator[memoryview]], str]:
    def read(header: Header, _: Iterator[memoryview]) -> str:
        text = header.get(name)
        if type(text) is not str:
            raise LineBroken(f"no {name}")
        return text

    return read
