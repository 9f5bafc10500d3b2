"""What a worker answers: each question of the service turned into a call of the policies at hand."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bylaw_hooks import DeliveryFailed, FactColumns, NoticeFacts
from bylaw_hooks.couriers import CourierFailed, PushRefused
from bylaw_kit.adapting import DayColumns, columns_of, unpack_days, unpack_facts

from bylaw_plugin_host.courier_questions import CourierQuestion, CourierWay
from bylaw_plugin_host.frames import MOST_COLUMN_BYTES, Header
from bylaw_plugin_host.importer_calls import SHAPELESS
from bylaw_plugin_host.importer_questions import ReadWish, hear_shop, hear_tables, say_read
from bylaw_plugin_host.layout_questions import LayoutQuestion
from bylaw_plugin_host.leave_questions import LeaveQuestion, LeaveWay, NoSuchShape
from bylaw_plugin_host.loaded import Loaded
from bylaw_plugin_host.messages import LongText, build, say_failure, say_failures, text_of
from bylaw_plugin_host.outcomes import ANSWER_INVALID, Batch, CallFailed, Failure, ParametersRefused

Answer = tuple[dict[str, Any], Sequence[memoryview]]


class Answering:
    """A distribution's policies behind questions."""

    def __init__(self, policies: Loaded) -> None:
        self._policies = policies
        self._ways = {
            "parameters": self._parameters,
            "cells": self._cells,
            "plan": self._plan,
            "judge": self._judge,
            "leave": self._leave,
            "export": self._export,
            "settings": self._settings,
            "deliver": self._deliver,
            "courier": self._courier,
            "headers": self._headers,
            "orders": self._orders,
        }

    @property
    def manifest(self) -> dict[str, Any]:
        """What the distribution offers, as JSON."""
        return self._policies.manifest.model_dump(mode="json")

    def answer(self, header: Header, columns: Sequence[memoryview]) -> Answer:
        """What to say to a question; a policy's fault is an answer too."""
        try:
            return self._ways[header["ask"]](header, columns)
        except ParametersRefused as refused:
            return {"violations": refused.violations}, ()
        except DeliveryFailed as failed:
            return {"undelivered": {"reason": str(failed.reason), "for_good": bool(failed.for_good)}}, ()
        except CourierFailed as failed:
            return {"unasked": {"reason": str(failed.reason), "for_good": bool(failed.for_good)}}, ()
        except PushRefused as refused:
            return {"unpushed": {"reason": str(refused.reason), "forged": bool(refused.forged)}}, ()
        except CallFailed as failed:
            return {"failed": say_failure(failed.failure), "divisible": failed.divisible}, ()

    def _parameters(self, header: Header, _: Sequence[memoryview]) -> Answer:
        return {"parameters": self._policies.check_parameters(header["identity"], header["parameters"])}, ()

    def _cells(self, header: Header, _: Sequence[memoryview]) -> Answer:
        return {"cells": self._policies.cells(header["identity"], header["parameters"])}, ()

    def _plan(self, header: Header, columns: Sequence[memoryview]) -> Answer:
        (days,) = unpack_days(build(DayColumns, iter(columns), header["texts"]))
        plan = self._policies.plan(header["identity"], header["parameters"], days)
        return {"texts": plan.texts}, columns_of(plan)

    def _judge(self, header: Header, columns: Sequence[memoryview]) -> Answer:
        parts = iter(columns)
        calendars = tuple(unpack_days(build(DayColumns, parts, header["texts"])))
        facts = build(FactColumns, parts)
        batch = Batch(list(unpack_facts(facts, calendars)), facts, calendars, facts.plan.tolist())
        judged = self._policies.judge(header["identity"], header["parameters"], batch)
        told = {"texts": judged.answers.texts, "failures": say_failures(judged.failures)}
        return {**told, "plans": list(judged.plan_digests)}, columns_of(judged.answers)

    def _leave(self, header: Header, _: Sequence[memoryview]) -> Answer:
        asked = LeaveQuestion(LeaveWay(header["way"]), *(header[name] for name in LeaveQuestion._fields[1:]))
        return {"answer": self._policies.leave(asked)}, ()

    def _export(self, header: Header, columns: Sequence[memoryview]) -> Answer:
        month = text_of(columns[0], header["length"])
        return _long(self._policies.export(LayoutQuestion(header["identity"], month, header["people"])))

    def _settings(self, header: Header, _: Sequence[memoryview]) -> Answer:
        self._policies.check_settings(header["channel"], header["stated"])
        return {}, ()

    def _deliver(self, header: Header, _: Sequence[memoryview]) -> Answer:
        told = header["notice"]
        notice = NoticeFacts(**{**told, "sent_at": datetime.fromisoformat(told["sent_at"])})
        channel, stated, within = header["channel"], header["stated"], header["within_seconds"]
        self._policies.deliver(channel, stated, notice, address=header["address"], within_seconds=within)
        return {"delivered": True}, ()

    def _courier(self, header: Header, columns: Sequence[memoryview]) -> Answer:
        facts, seconds = text_of(columns[0], header["length"]), header["within_seconds"]
        asked = CourierQuestion(CourierWay(header["way"]), header["adapter"], header["stated"], facts, seconds)
        answer = self._policies.courier(asked)
        return {"length": len(answer)}, columns_of(LongText.of(answer))

    def _headers(self, header: Header, _: Sequence[memoryview]) -> Answer:
        headers = tuple(map(tuple, header["headers"]))
        return {"matched": [*self._policies.match_headers(header["identity"], headers)]}, ()

    def _orders(self, header: Header, columns: Sequence[memoryview]) -> Answer:
        tables = hear_tables(text_of(columns[0], header["length"]))
        wish = ReadWish(header["identity"], tables, hear_shop(header["zone"], header["currency"]))
        try:
            return _long(say_read(list(self._policies.read_orders(wish))))
        except NoSuchShape:
            raise CallFailed(SHAPELESS, divisible=False) from None


def _long(answer: bytes) -> Answer:
    """An answer as a column; CallFailed where it is more than goes over."""
    if len(answer) > MOST_COLUMN_BYTES - 8:
        said = f"an answer of {len(answer)} bytes; at most {MOST_COLUMN_BYTES - 8} go over"
        raise CallFailed(Failure(ANSWER_INVALID, detail=said), divisible=False)
    return {"length": len(answer)}, columns_of(LongText.of(answer))
