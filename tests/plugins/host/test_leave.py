"""Leave policies behind the host: what they are asked, in a worker as inside, and every answer checked."""

import json
import sys
from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from bylaw_hooks.leave import Employment, LeaveBalance, LeaveRequest, Period, Standing, Step, Taken
from bylaw_kit.leave_subject import EMPLOYMENTS, HALVES, LONG_AGO, MONDAY, SATURDAY, SUNDAY, YEARS, days, requests
from bylaw_plugin_host.discovery import installed
from bylaw_plugin_host.host import PolicyHost
from bylaw_plugin_host.leave_host import Chosen, LeaveHost
from bylaw_plugin_host.outcomes import ParametersRefused, PolicyBroken, PolicyGone
from bylaw_plugin_host.starting import start
from bylaw_plugin_host.workers import Limits

from tests.plugins.host.conftest import AMPLE, Site

BUSY = Limits(floor_seconds=0.5, memory_bytes=300 << 20)
LEAVE, STATUTORY = "acme-leave@1", Chosen("statutory-leave@1", "{}")
WEEK = LeaveRequest("acme-day", MONDAY, SATURDAY, LONG_AGO)
SUNDAY_TOO = LeaveRequest("acme-day", SUNDAY, SUNDAY, LONG_AGO)
STANDING = Standing(EMPLOYMENTS[0], (LeaveBalance("acme-day", Fraction(9)),))
Ask = Callable[[LeaveHost, Chosen], object]


def how(spoilt: str = "") -> Chosen:
    return Chosen(LEAVE, json.dumps({"how": spoilt}))


def measured(leave: LeaveHost, chosen: Chosen, request: LeaveRequest = WEEK) -> tuple[Taken, ...]:
    return leave.measure(chosen, request, days(HALVES))


def given(leave: LeaveHost, chosen: Chosen) -> object:
    return leave.entitlements(chosen, EMPLOYMENTS[0], YEARS)


def admitted(leave: LeaveHost, chosen: Chosen) -> object:
    return leave.admit(chosen, WEEK, measured(leave, how()), standing=STANDING)


def approved(leave: LeaveHost, chosen: Chosen) -> object:
    return leave.approval(chosen, WEEK, measured(leave, how()))


def started(folder: Path, limits: Limits) -> PolicyHost:
    site = Site(folder)
    site.install("acme_leave")
    exists = lambda clause, _: clause.startswith(("LVE-", "HRS-"))  # noqa: E731
    return start(exists, [*site.found(), *(one for one in installed() if "leave" in one.distribution)], limits=limits)


@pytest.fixture(scope="module")
def leave() -> Iterator[LeaveHost]:
    """The gallery's leave in a worker, statutory leave inside; what is asked of them leaves nothing behind."""
    with TemporaryDirectory() as folder:
        host = started(Path(folder), AMPLE)
        yield host.leave
        host.close()


def test_each_version_is_offered_with_its_schema_and_whose_it_is(leave: LeaveHost) -> None:
    offered = {one.identity: one for one in leave.offered()}
    assert offered.keys() == {"acme-leave@1", "statutory-leave@1"}
    assert (offered[LEAVE].title_zh, offered[LEAVE].distribution) == ("司庆假", "acme-leave 1.2")
    assert offered[LEAVE].schema["properties"]["how"]["x-title"] == {"zh": "方式", "en": "How"}
    assert "acme_leave" not in sys.modules


def test_parameters_are_checked_and_filled_with_their_defaults(leave: LeaveHost) -> None:
    told = json.loads(leave.check_parameters(Chosen(LEAVE, '{"unit_head_days": 5}')))
    assert told == {"how": "", "unit_head_days": 5, "without_hr_days": 10}
    with pytest.raises(ParametersRefused) as refused:
        leave.check_parameters(Chosen(LEAVE, '{"unit_head_days": -1}'))
    assert [one["loc"] for one in refused.value.violations] == [["unit_head_days"]]
    assert "unit_head_days" in refused.value.schema["properties"]
    with pytest.raises(PolicyGone):
        leave.check_parameters(Chosen("acme-leave@2", "{}"))


def test_a_worker_and_the_service_itself_are_told_and_answer_the_same(leave: LeaveHost) -> None:
    assert [kind.code for kind in leave.kinds(how())] == ["acme-day", "acme-hours"]
    assert [one.amount for one in leave.entitlements(how(), EMPLOYMENTS[0], YEARS)] == [1]
    assert sum(one.days for one in measured(leave, how())) == 6
    assert leave.admit(how(), WEEK, measured(leave, how()), standing=STANDING) == ()
    assert leave.approval(how(), WEEK, measured(leave, how())) == (Step.UNIT_HEAD, Step.HEAD_ABOVE)
    lacking = leave.admit(how(), WEEK, measured(leave, how()), standing=Standing(EMPLOYMENTS[0]))
    assert [one.reason for one in lacking] == ["LEAVE_BALANCE"]


@pytest.mark.clause("LVE-1")
def test_statutory_leave_is_sound_for_everybody_and_every_request_that_the_kit_knows(leave: LeaveHost) -> None:
    for employment in EMPLOYMENTS:
        assert all(one.day in YEARS for one in leave.entitlements(STATUTORY, employment, YEARS))
    for kind in leave.kinds(STATUTORY):
        for request in requests(kind):
            taken = leave.measure(STATUTORY, request, days(HALVES))
            assert leave.approval(STATUTORY, request, taken)
            leave.admit(STATUTORY, request, taken, standing=STANDING)


@pytest.mark.parametrize(
    ("spoilt", "rule", "ask"),
    [
        *((each, "L1", LeaveHost.kinds) for each in ("two of one code", "no kind", "no words", "foreign clause")),
        *((each, "L1", LeaveHost.kinds) for each in ("absurd", "two units")),
        ("no kinds but texts", "", LeaveHost.kinds),
        ("before", "L2", given),
        *((each, "L3", given) for each in ("nothing", "to nobody", "half a minute", "lapsed", "without words")),
        ("without measure", "L3", given),
        *((each, "", given) for each in ("a float", "without end")),
        ("moody", "L13", given),
        *((each, "L5", measured) for each in ("short", "twice", "more", "outside", "double")),
        ("on rest", "L6", lambda leave, chosen: measured(leave, chosen, SUNDAY_TOO)),
        *((each, "L10", admitted) for each in ("unreasoned", "unsaid")),
        *((each, "L11", approved) for each in ("by itself", "by one twice")),
    ],
)
def test_an_answer_that_breaks_a_rule_is_refused_with_the_rule(
    leave: LeaveHost, spoilt: str, rule: str, ask: Ask
) -> None:
    with pytest.raises(PolicyBroken) as broken:
        ask(leave, how(spoilt))
    assert (broken.value.reason, broken.value.rule) == ("POLICY_ANSWER_INVALID", rule)
    assert (broken.value.identity, broken.value.distribution) == (LEAVE, "acme-leave 1.2")
    assert [kind.code for kind in leave.kinds(how())] == ["acme-day", "acme-hours"]


def test_whoever_raises_ends_or_hangs_is_named_and_the_next_question_is_answered(tmp_path: Path) -> None:
    host = started(tmp_path, BUSY)
    try:
        for spoilt, reason in (
            ("raising", "POLICY_FAILED"),
            ("ending", "POLICY_FAILED"),
            ("hanging", "POLICY_TIMED_OUT"),
        ):
            with pytest.raises(PolicyBroken) as broken:
                host.leave.kinds(how(spoilt))
            assert broken.value.reason == reason
        assert len(host.leave.kinds(how())) == 2
        nobody = Employment(1, date(2026, 1, 1))
        assert host.leave.entitlements(STATUTORY, nobody, Period(date(2026, 1, 1), date(2026, 1, 31)))
    finally:
        host.close()
