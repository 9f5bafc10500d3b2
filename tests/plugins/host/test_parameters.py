"""Parameters: completed, canonical, and refused with the path of each fault, in a worker as inside the service."""

from collections.abc import Callable

import orjson
import pytest
from bylaw_plugin_host.discovery import installed
from bylaw_plugin_host.host import PolicyHost
from bylaw_plugin_host.outcomes import ParametersRefused, PolicyBroken, PolicyGone
from bylaw_plugin_host.starting import start

from tests.plugins.host.conftest import DAYS, Host, months

CHOOSY = "acme-choosy@2"


@pytest.fixture
def choosy(host: Host) -> PolicyHost:
    return host("acme_choosy")


@pytest.fixture
def shipped() -> PolicyHost:
    return start(lambda _clause, _day: True, [one for one in installed() if one.distribution == "bylaw-fixed-week"])


def violations(call: Callable[[], object]) -> list[tuple[str, list[str | int]]]:
    with pytest.raises(ParametersRefused) as refused:
        call()
    assert orjson.loads(orjson.dumps(refused.value.violations)) == refused.value.violations
    return [(one["type"], one["loc"]) for one in refused.value.violations]


def test_what_is_not_named_is_at_its_default_and_equal_parameters_are_equal_texts(choosy: PolicyHost) -> None:
    one = choosy.check_parameters(CHOOSY, '{"rest_days": 4, "seconds": "drop"}')
    assert one == choosy.check_parameters(CHOOSY, '{"seconds":"drop","rest_days":4}')
    assert orjson.loads(one)["repeat_minutes"] == 10
    assert choosy.check_parameters(CHOOSY, one) == one


def test_every_fault_is_told_with_its_path_and_its_words(choosy: PolicyHost) -> None:
    wrong = '{"rest_days": 16, "weekdays": [1, "x"], "surplus": 1}'
    assert violations(lambda: choosy.check_parameters(CHOOSY, wrong)) == [
        ("less_than_equal", ["rest_days"]),
        ("int_type", ["weekdays", 1]),
        ("extra_forbidden", ["surplus"]),
    ]
    with pytest.raises(ParametersRefused) as refused:
        choosy.check_parameters(CHOOSY, '{"rest_days": 0, "weekdays": [1]}')
    (told,) = refused.value.violations
    assert told["ctx"] == {"zh": "轮休日多于配额", "en": "more days than the quota"}
    assert told["msg"] == "more days than the quota"
    with pytest.raises(ParametersRefused) as refused:
        choosy.check_parameters(CHOOSY, '{"rest_days": 16}')
    assert refused.value.violations[0]["ctx"] == {"le": 15}


@pytest.mark.parametrize("text", ["", "[]", "null", "{", '{"rest_days": 1e400}', '"' + "x" * 100_000])
def test_what_is_no_set_of_parameters_is_refused_too(choosy: PolicyHost, shipped: PolicyHost, text: str) -> None:
    assert violations(lambda: choosy.check_parameters(CHOOSY, text))
    assert violations(lambda: shipped.check_parameters("fixed-week@1", text))


def test_a_check_that_itself_fails_is_the_policys_fault(choosy: PolicyHost) -> None:
    with pytest.raises(PolicyBroken) as broken:
        choosy.check_parameters(CHOOSY, '{"rest_days": 13}')
    assert (broken.value.reason, broken.value.distribution) == ("POLICY_FAILED", "acme-choosy 1.2")
    assert broken.value.detail.startswith("ZeroDivisionError at acme_choosy.py:")
    assert "itself" not in broken.value.detail


def test_what_is_refused_is_never_planned_or_judged_by(choosy: PolicyHost) -> None:
    wrong = '{"rest_days": 16}'
    assert violations(lambda: choosy.plan(CHOOSY, wrong, DAYS)) == [("less_than_equal", ["rest_days"])]
    assert violations(lambda: choosy.judge(CHOOSY, wrong, months())) == [("less_than_equal", ["rest_days"])]


def test_a_version_that_is_gone_is_named(choosy: PolicyHost) -> None:
    for call in (
        lambda: choosy.check_parameters("acme-choosy@1", "{}"),
        lambda: choosy.plan("acme-choosy@1", "{}", DAYS),
        lambda: choosy.judge("acme-choosy@1", "{}", []),
        lambda: choosy.distribution("acme-choosy@1"),
    ):
        with pytest.raises(PolicyGone) as gone:
            call()
        assert gone.value.identity == "acme-choosy@1"


def test_inside_the_service_faults_are_told_alike(shipped: PolicyHost) -> None:
    wrong = '{"working_days": ["monday", "monday"], "late_from": "noon"}'
    assert violations(lambda: shipped.check_parameters("fixed-week@1", wrong)) == [("literal_error", ["late_from"])]
    with pytest.raises(ParametersRefused) as refused:
        shipped.check_parameters("fixed-week@1", '{"working_days": ["monday", "monday"]}')
    assert refused.value.violations[0]["ctx"]["zh"] == "工作日重复"
