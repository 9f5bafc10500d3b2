"""A distribution's leave policies as objects at hand: each question becomes a call of the policy that it names."""

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import orjson
from bylaw_hooks.leave import LeaveParameters, LeavePolicy
from bylaw_kit.bounds import MOST_ANSWERS

from bylaw_plugin_host.at_work import policy_at_work, validation
from bylaw_plugin_host.leave_questions import LeaveQuestion, LeaveWay, NoSuchShape, hear_facts, say_answer
from bylaw_plugin_host.outcomes import ANSWER_INVALID, CallFailed, Failure
from bylaw_plugin_host.registering import RegisteredLeavePolicy

KEPT_PARAMETERS = 256
MOODS = Failure(ANSWER_INVALID, "L13", detail="asked twice, answered differently")
ENDLESS = Failure(ANSWER_INVALID, detail="an answer without end")
SHAPELESS = Failure(ANSWER_INVALID, detail="an answer of another kind than agreed")

Asked = Callable[[LeavePolicy[Any], tuple[Any, ...], LeaveParameters], Any]
_WAYS: Mapping[LeaveWay, Asked] = MappingProxyType(
    {
        LeaveWay.KINDS: lambda policy, _, model: policy.kinds(model),
        LeaveWay.ENTITLEMENTS: lambda policy, facts, model: policy.entitlements(facts[0], facts[1], model),
        LeaveWay.MEASURE: lambda policy, facts, model: policy.measure(facts[0], facts[1], model),
        LeaveWay.ADMIT: lambda policy, facts, model: policy.admit(
            facts[0], facts[1], standing=facts[2], parameters=model
        ),
        LeaveWay.APPROVAL: lambda policy, facts, model: policy.approval(facts[0], facts[1], model),
    }
)


class LeaveCalls:
    """Policies by identity. Facts are built anew for each call, so nothing that a policy does to them reaches us."""

    def __init__(self, registered: Iterable[RegisteredLeavePolicy]) -> None:
        self._policies = {one.policy.identity: one.policy for one in registered}
        self._parameters = lru_cache(KEPT_PARAMETERS)(self._parse)

    def answer(self, question: LeaveQuestion) -> str:
        """The answer as JSON; raises ParametersRefused or CallFailed. A policy of moods (L13) is found out."""
        first = self._answered(question)
        if self._answered(question) != first:
            raise CallFailed(MOODS, divisible=False)
        return first

    def _answered(self, question: LeaveQuestion) -> str:
        policy, model = self._policies[question.identity], self._parameters(question.identity, question.parameters)
        facts = hear_facts(question.way, question.facts)
        with policy_at_work():
            if question.way is LeaveWay.PARAMETERS:
                answer: Any = orjson.dumps(model.model_dump(mode="json"), option=orjson.OPT_SORT_KEYS).decode()
            else:
                answer = _taken(_WAYS[question.way](policy, facts, model))
        try:
            return say_answer(question.way, answer)
        except NoSuchShape:
            raise CallFailed(SHAPELESS, divisible=False) from None

    def _parse(self, identity: str, parameters: str) -> LeaveParameters:
        kind: type[LeaveParameters] = self._policies[identity].parameters
        with policy_at_work(), validation():
            return kind.model_validate_json(parameters)


def _taken(answer: Any) -> tuple[Any, ...]:
    """What an iterator brings, as far as anybody wants to know: who yields without end is stopped."""
    found = []
    for one in answer:
        found.append(one)
        if len(found) > MOST_ANSWERS:
            raise CallFailed(ENDLESS, divisible=False)
    return tuple(found)
