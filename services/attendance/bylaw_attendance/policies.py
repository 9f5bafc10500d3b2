"""The service's only caller of plugins: what they offer, whether parameters fit, plans and judgements.

All of them are reached through the plugin host, which runs each where it belongs and checks every answer.
"""

import hashlib
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import lru_cache
from math import inf
from typing import Any

import orjson
from bylaw_chassis.call import current
from bylaw_chassis.observe import log
from bylaw_chassis.refusals import Refusal
from bylaw_chassis.wordings import ClauseWordings
from bylaw_hooks import DayFacts, MonthFacts, PlanColumns
from bylaw_kit.checking import Exists
from bylaw_plugin_host.host import PolicyHost
from bylaw_plugin_host.layout_host import LayoutHost
from bylaw_plugin_host.leave_host import LeaveHost
from bylaw_plugin_host.outcomes import ParametersRefused, PolicyBroken, PolicyGone
from bylaw_plugin_host.starting import start

from bylaw_attendance.parameter_wording import violations
from bylaw_attendance.rules.judging.plan_body import plan_body
from bylaw_attendance.rules.judging.planned import Answer, Offered, Planned
from bylaw_attendance.rules.judging.policy_health import PolicyFault, refusal_of
from bylaw_attendance.rules.refusals import PolicyParametersInvalid, PolicyVersionGone

KEPT_PLANS = 8_192
"""A plan for everybody who has days of their own, in a company of some thousands; the host keeps its few itself."""
KEPT_DAYS = 16_384
"""Those plans differ on a few days only."""
SHARE_OF_TIME = 0.7
MOST_NAMED = 10
"""Faulty parameters that the message itself names; the others are in the list of violations."""
PARAMETERS = "pattern_assignment.parameters"
"""Where parameters stand in the request of an assignment, for the path of a faulty one."""
RULEBOOK_BEGINS = date(2000, 1, 1)
"""Where the shipped rulebook begins; a month before it is judged by its first words."""
Plugins = Callable[[Exists], PolicyHost]
"""Starts the host, given what clauses exist; raises PluginRefused, naming the distribution at fault."""


def in_rulebook(wordings: ClauseWordings) -> Exists:
    """Whether a clause has words on a day; a retired one has its last ones.

    Where nothing is known of the rulebook yet nothing can be said against a clause.
    """

    def exists(clause: str, day: date) -> bool:
        known = wordings.now()
        return not known or known.on(clause, max(day, RULEBOOK_BEGINS)) is not None

    return exists


def anything(clause: str, day: date) -> bool:  # noqa: ARG001 - the form of `Exists`
    """Every clause exists: for whoever plans and judges nothing."""
    return True


def installed(exists: Exists = anything) -> "Policies":
    """The patterns of all that is installed here; raises PluginRefused, naming the distribution at fault."""
    return Policies(start(exists))


class Policies:
    """The patterns that a host offers."""

    def __init__(self, host: PolicyHost) -> None:
        self._host = host
        self._plans = lru_cache(maxsize=KEPT_PLANS)(self._plan)  # a failure is not kept: the next call asks again

    @property
    def leave(self) -> LeaveHost:
        """The leave policies of the same distributions."""
        return self._host.leave

    @property
    def layouts(self) -> LayoutHost:
        """The export layouts of the same distributions."""
        return self._host.layouts

    def offered(self) -> list[Offered]:
        """Every pattern, each version by itself, by name."""
        return [
            Offered(one.identity, one.title_zh, one.title_en, dict(one.schema), one.distribution, one.form)
            for one in self._host.offered()
        ]

    def checked(self, pattern: str, parameters: Mapping[str, Any], *, field: str = PARAMETERS) -> str:
        """Parameters with what is not named at its default, as canonical JSON.

        Refuses POLICY_VERSION_GONE, POLICY_PARAMETERS_INVALID with the path of each faulty one below `field`, and what
        the pattern itself could not do.
        """
        try:
            return self._host.check_parameters(pattern, orjson.dumps(parameters).decode())
        except (PolicyGone, ParametersRefused, PolicyBroken) as error:
            raise _told(pattern, error, field=field) from error

    def cells(self, pattern: str, parameters: str) -> tuple[str, ...] | None:
        """The words that a pattern knows in a rota's cell, None for any; refuses as `checked` does."""
        try:
            return self._host.cells(pattern, parameters)
        except (PolicyGone, ParametersRefused, PolicyBroken) as error:
            raise _told(pattern, error) from error

    def planned(self, pattern: str, parameters: str, days: tuple[DayFacts, ...], *, time_zone: str) -> Planned:
        """A plan over the days of one zone; refuses as `checked` does."""
        try:
            return self._plans(pattern, parameters, days, time_zone)
        except (PolicyGone, ParametersRefused, PolicyBroken) as error:
            raise _told(pattern, error) from error

    def plan_ahead(self, pattern: str, parameters: str, calendars: Sequence[tuple[DayFacts, ...]]) -> None:
        """Has the plans of many calendars at hand, made in one go where the pattern's place allows."""
        with suppress(PolicyGone):
            self._host.plan_ahead(pattern, parameters, calendars)

    def columns(self, pattern: str, parameters: str, days: tuple[DayFacts, ...]) -> PlanColumns:
        """The plan itself, with its windows; refuses as `checked` does."""
        try:
            return self._host.plan(pattern, parameters, days)
        except (PolicyGone, ParametersRefused, PolicyBroken) as error:
            raise _told(pattern, error) from error

    def judge(self, pattern: str, parameters: str, months: Sequence[MonthFacts]) -> Sequence[Answer | Refusal]:
        """The answer for each of these people, in order, or why there is none."""
        try:
            outcomes = self._host.judge(pattern, parameters, months, within_seconds=_time_to_look())
        except (PolicyGone, ParametersRefused) as error:
            return [_refusal(pattern, error)] * len(months)
        for told in {str(one) for one in outcomes if isinstance(one, PolicyBroken)}:
            log().error("policy_broken", told=told)
        return [_refusal(pattern, one) if isinstance(one, PolicyBroken) else one for one in outcomes]

    def source(self, pattern: str, parameters: str, days: tuple[DayFacts, ...], *, time_zone: str) -> bytes:
        """Digest of what would be planned, for patterns that are gone."""
        return source_of(pattern, parameters, days, time_zone=time_zone)

    def losses(self) -> list[tuple[float, dict[str, str]]]:
        """The worker processes that each distribution has cost, for the time they took or otherwise."""
        return self._host.losses()

    def close(self) -> None:
        """Ends every process of a plugin."""
        self._host.close()

    def _plan(self, pattern: str, parameters: str, days: tuple[DayFacts, ...], time_zone: str) -> Planned:
        plan, distribution = self._host.plan(pattern, parameters, days), self._host.distribution(pattern)
        source = source_of(pattern, parameters, days, time_zone=time_zone)
        body = plan_body(plan, days, source=source, pattern=pattern, distribution=distribution, time_zone=time_zone)
        return Planned.of(body, days, gone=False)


def _time_to_look() -> float:
    """Seconds in which whoever a pattern fails on may be looked for: of what a caller has left, most."""
    call = current.get()
    return max(0.0, call.deadline - time.monotonic()) * SHARE_OF_TIME if call else inf


def source_of(pattern: str, parameters: str, days: tuple[DayFacts, ...], *, time_zone: str) -> bytes:
    """Digest of a plan's sources: pattern, version, parameters, zone, and the days with kinds, changes and rota."""
    head = orjson.dumps((pattern, parameters, time_zone))
    return hashlib.sha256(head[:-1] + b",[" + b",".join(map(_source_of_day, days)) + b"]]").digest()


@lru_cache(maxsize=KEPT_DAYS)
def _source_of_day(day: DayFacts) -> bytes:
    facts = (
        day.work_date.isoformat(),
        day.kind.value,
        day.midnight,
        day.inside,
        [(change.wall, change.minutes) for change in day.clock_changes],
        # What a day has none of is not mentioned: what was judged before there was such a thing is not judged anew.
        *filter(None, (day.cell,)),
        *([day.hours.clause, day.hours.spans] if day.hours else ()),
        *((one.clause, one.part, one.start, one.end) for one in day.excused),
    )
    return orjson.dumps(facts)


def _told(pattern: str, error: Exception, *, field: str = PARAMETERS) -> Refusal:
    """What the host raised in our words; of a pattern's own fault the log learns more."""
    if isinstance(error, PolicyBroken):
        log().error("policy_broken", told=str(error))
    return _refusal(pattern, error, field=field)


def _refusal(pattern: str, error: Exception, *, field: str = PARAMETERS) -> Refusal:
    if isinstance(error, PolicyBroken):
        fault = PolicyFault(error.reason, pattern, error.distribution, error.rule, error.work_date)
        return refusal_of(fault, person="")
    if isinstance(error, ParametersRefused):
        found = violations(error, parent=field, reason=PolicyParametersInvalid.reason)
        named = list(dict.fromkeys(one.field for one in found))
        shown = ", ".join(named[:MOST_NAMED]) + "…" * (len(named) > MOST_NAMED)
        return PolicyParametersInvalid(violations=found, policy=pattern, fields=shown)
    return PolicyVersionGone(policy=pattern)
