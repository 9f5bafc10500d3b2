"""The service's only caller of plugins: what they offer, whether parameters fit, plans and judgements."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import entry_points
from typing import Any

import orjson
from bylaw_chassis.observe import log
from bylaw_hooks import CardParameters, DayFacts, MonthAnswer, MonthFacts, MonthPlan
from bylaw_plugin_host.registering import GROUP, Registered, load_plugins
from pydantic import ValidationError

from bylaw_attendance.parameter_wording import violations
from bylaw_attendance.rules.plan_body import plan_body
from bylaw_attendance.rules.planned import Offered, Planned
from bylaw_attendance.rules.refusals import PolicyFailed, PolicyParametersInvalid, PolicyVersionGone

KEPT_PARAMETERS, KEPT_PLANS = 1_024, 256
PARAMETERS = "pattern_assignment.parameters"
"""Where parameters stand in the request, for the path of a faulty one."""


def installed() -> Mapping[str, Registered]:
    """The patterns of the plugins installed here; raises PluginRefused, naming the distribution at fault."""
    return load_plugins(entry_points(group=GROUP))


@dataclass(frozen=True, slots=True)
class _Judge:
    """A pattern with its parameters, ready to judge by a plan."""

    pattern: str
    registered: Registered
    parameters: CardParameters
    plan: MonthPlan

    def __call__(self, facts: MonthFacts) -> MonthAnswer:
        try:
            return self.registered.pattern.judge_month(facts, self.plan, self.parameters)
        except Exception as error:
            raise _failed(self.pattern, self.registered, error) from error


class Policies:
    """The registered patterns."""

    def __init__(self, registered: Mapping[str, Registered]) -> None:
        self._registered = registered
        self._parameters = lru_cache(maxsize=KEPT_PARAMETERS)(self._parse)
        self._plans = lru_cache(maxsize=KEPT_PLANS)(self._plan)  # a failure is not kept: the next call asks again

    def offered(self) -> list[Offered]:
        """Every pattern, each version by itself, by name."""
        return [
            Offered(
                identity,
                found.pattern.title.zh,
                found.pattern.title.en,
                found.pattern.parameters.model_json_schema(),
                _distribution(found),
            )
            for identity, found in sorted(self._registered.items())
        ]

    def checked(self, pattern: str, parameters: Mapping[str, Any]) -> str:
        """Parameters with what is not named at its default, as canonical JSON.

        Refuses POLICY_VERSION_GONE, or POLICY_PARAMETERS_INVALID with the path of each field.
        """
        model = self._parse(pattern, orjson.dumps(parameters).decode())
        return orjson.dumps(model.model_dump(mode="json"), option=orjson.OPT_SORT_KEYS).decode()

    def planned(self, pattern: str, parameters: str, days: tuple[DayFacts, ...], *, time_zone: str) -> Planned:
        """A plan over the days of one zone; refuses POLICY_VERSION_GONE and POLICY_FAILED."""
        return self._plans(pattern, parameters, days, time_zone)

    def _plan(self, pattern: str, parameters: str, days: tuple[DayFacts, ...], time_zone: str) -> Planned:
        model = self._parameters(pattern, parameters)
        registered = self._registered[pattern]
        try:
            plan = registered.pattern.compile(days, model)
        except Exception as error:
            raise _failed(pattern, registered, error) from error
        source = source_of(pattern, parameters, days, time_zone=time_zone)
        body = plan_body(
            plan, days, source=source, pattern=pattern, distribution=_distribution(registered), time_zone=time_zone
        )
        return Planned.of(body, days, _Judge(pattern, registered, model, plan))

    def source(self, pattern: str, parameters: str, days: tuple[DayFacts, ...], *, time_zone: str) -> bytes:
        """Digest of what would be planned, for patterns that are gone."""
        return source_of(pattern, parameters, days, time_zone=time_zone)

    def _parse(self, pattern: str, parameters: str) -> CardParameters:
        if pattern not in self._registered:
            raise PolicyVersionGone(policy=pattern)
        try:
            model: CardParameters = self._registered[pattern].pattern.parameters.model_validate_json(parameters)
        except ValidationError as error:
            raise _invalid(pattern, error) from error
        return model


def source_of(pattern: str, parameters: str, days: tuple[DayFacts, ...], *, time_zone: str) -> bytes:
    """Digest of a plan's sources: pattern, version, parameters, zone, and the days with their kinds and changes."""
    facts = [
        (
            day.work_date.isoformat(),
            day.kind.value,
            day.midnight,
            day.inside,
            [(change.wall, change.minutes) for change in day.clock_changes],
        )
        for day in days
    ]
    return hashlib.sha256(orjson.dumps((pattern, parameters, time_zone, facts))).digest()


def _distribution(found: Registered) -> str:
    return f"{found.distribution} {found.distribution_version}"


def _invalid(pattern: str, error: ValidationError) -> PolicyParametersInvalid:
    errors = error.errors(include_url=False, include_input=False)
    found = violations(errors, parent=PARAMETERS, reason=PolicyParametersInvalid.reason)
    return PolicyParametersInvalid(violations=found, policy=pattern, fields=", ".join(one.field for one in found))


def _failed(pattern: str, registered: Registered, error: Exception) -> PolicyFailed:
    log().error("policy_failed", policy=pattern, distribution=_distribution(registered), exc_info=error)
    return PolicyFailed(policy=pattern, person="", distribution=_distribution(registered))
