"""A distribution's delivery channels and courier adapters as objects at hand, each under settings it is handed."""

from collections.abc import Iterable, Mapping
from typing import Any

from bylaw_hooks import NoticeFacts, Parameters

from bylaw_plugin_host.at_work import policy_at_work, validation
from bylaw_plugin_host.courier_questions import CourierQuestion, CourierWay, hear_facts, hear_push, say_answer
from bylaw_plugin_host.leave_questions import NoSuchShape
from bylaw_plugin_host.outcomes import ANSWER_INVALID, CallFailed, Failure
from bylaw_plugin_host.registering import RegisteredChannel, RegisteredCourier

SHAPELESS = Failure(ANSWER_INVALID, detail="an answer of another kind than agreed")


class OutwardCalls:
    """What leads outward, by name: channels and adapters share their names, as their settings do."""

    def __init__(self, channels: Iterable[RegisteredChannel], couriers: Iterable[RegisteredCourier]) -> None:
        self._channels = {one.channel.name: one.channel for one in channels}
        self._couriers = {one.courier.name: one.courier for one in couriers}

    def settings(self, name: str, stated: Mapping[str, str]) -> Parameters:
        """Settings, each as text, as their class; raises ParametersRefused or CallFailed."""
        one: Any = self._channels.get(name) or self._couriers[name]
        kind: type[Parameters] = one.settings
        with policy_at_work(), validation():
            return kind.model_validate_strings(stated)

    def deliver(
        self, channel: str, stated: Mapping[str, str], notice: NoticeFacts, *, address: str, within_seconds: float
    ) -> None:
        """Hands a notice over; raises DeliveryFailed, ParametersRefused or CallFailed."""
        settings = self.settings(channel, stated)
        with policy_at_work():
            self._channels[channel].deliver(notice, address, settings=settings, within_seconds=within_seconds)

    def courier(self, question: CourierQuestion) -> bytes:
        """An adapter's answer as JSON; raises CourierFailed, PushRefused, ParametersRefused or CallFailed."""
        settings = self.settings(question.adapter, question.stated)
        with policy_at_work():
            answer = self._asked(question, settings)
        try:
            return say_answer(question.way, answer)
        except NoSuchShape:
            raise CallFailed(SHAPELESS, divisible=False) from None

    def _asked(self, question: CourierQuestion, settings: Parameters) -> Any:
        adapter, way, seconds = self._couriers[question.adapter], question.way, question.within_seconds
        if way is CourierWay.VERIFIED:
            return tuple(adapter.verified(hear_push(question.facts), settings=settings))
        facts = hear_facts(way, question.facts)
        if way is CourierWay.ASK:
            return adapter.ask(*facts, settings=settings, within_seconds=seconds)
        if way is CourierWay.SUBSCRIBE:
            return adapter.subscribe(*facts, settings=settings, within_seconds=seconds)
        taken, at = facts
        return adapter.answer(taken=taken, at=at, settings=settings)
