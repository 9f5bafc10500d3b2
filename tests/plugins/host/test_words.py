"""Which words of a rota a pattern knows, as its worker says it: some, none, or any; and what comes of nonsense."""

import pytest
from bylaw_plugin_host.discovery import installed
from bylaw_plugin_host.host import PolicyHost
from bylaw_plugin_host.outcomes import ParametersRefused, PolicyBroken, PolicyGone
from bylaw_plugin_host.starting import start

from tests.plugins.host.conftest import SHORT, Host


@pytest.fixture
def worded(host: Host) -> PolicyHost:
    return host("acme_worded", "zenith_steady", limits=SHORT)


def test_a_pattern_knows_the_words_of_its_parameters_and_one_that_does_not_say_knows_any(worded: PolicyHost) -> None:
    assert worded.cells("acme-worded@1", "{}") == ("early", "晚")
    assert worded.cells("acme-worded@1", '{"codes": ["night"]}') == ("night",)
    assert worded.cells("acme-worded@1", '{"codes": []}') == ()
    assert worded.cells("zenith-steady@1", "{}") is None


@pytest.mark.parametrize(
    ("identity", "reason"),
    [
        ("acme-worded-oddly@1", "POLICY_ANSWER_INVALID"),
        ("acme-worded-raising@1", "POLICY_FAILED"),
        ("acme-worded-endless@1", "POLICY_TIMED_OUT"),
    ],
)
def test_whoever_cannot_say_is_named_and_the_next_question_is_answered(
    worded: PolicyHost, identity: str, reason: str
) -> None:
    with pytest.raises(PolicyBroken) as broken:
        worded.cells(identity, "{}")
    assert (broken.value.reason, broken.value.identity, broken.value.distribution) == (
        reason,
        identity,
        "acme-worded 1.2",
    )
    assert worded.cells("acme-worded@1", "{}") == ("early", "晚")


def test_a_pattern_that_is_gone_and_parameters_that_do_not_fit_are_refused(worded: PolicyHost) -> None:
    with pytest.raises(PolicyGone):
        worded.cells("acme-worded@2", "{}")
    with pytest.raises(ParametersRefused):
        worded.cells("acme-worded@1", '{"codes": "night"}')


@pytest.mark.parametrize(
    ("identity", "parameters", "known"),
    [
        ("fixed-week@1", "{}", ()),
        ("flexible-hours@1", "{}", ()),
        ("rest-by-rota@1", "{}", ("rest",)),
        ("crews@1", "{}", ("early", "late", "night", "rest")),
        ("crews@1", '{"shifts": [{"code": "日班", "hours": ["08:00-20:00"]}], "cycle": ["日班"]}', ("日班", "rest")),
    ],
)
def test_a_shipped_pattern_knows_the_words_it_plans_by(identity: str, parameters: str, known: tuple[str, ...]) -> None:
    shipped = start(lambda _clause, _day: True, [one for one in installed() if one.shipped])
    assert shipped.cells(identity, parameters) == known
    shipped.close()
