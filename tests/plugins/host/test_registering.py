"""How a distribution is taken in by its worker, and how each fault is refused by the distribution's name."""

import sys

import pytest
from bylaw_plugin_host.delivering import start_channels
from bylaw_plugin_host.discovery import PluginRefused, installed
from bylaw_plugin_host.starting import introduced

from tests.plugins.host.conftest import AMPLE, Host, Site

PATTERN = """
from bylaw_hooks import Both, CardParameters, ShiftPattern, hookimpl
bylaw_api = 1
class Never(ShiftPattern[CardParameters]):
    name, version, title, parameters = "acme-never", 1, Both("不上班", "Never"), CardParameters
    def plan(self, days, parameters):
        return iter(())
@hookimpl
def register_shift_patterns():
    return [Never()]
"""
CHANNEL = """
from bylaw_hooks import Both, DeliveryChannel, Parameters, hookimpl
from pydantic import Field
bylaw_api = 1
class Loft(Parameters):
    word: str = ""
class Pigeon(DeliveryChannel[Loft]):
    name, title, settings = "acme-pigeon", Both("信鸽", "Pigeon"), Loft
    def deliver(self, notice, address, *, settings, within_seconds):
        pass
@hookimpl
def register_delivery_channels():
    return [Pigeon()]
"""
LEAVE = """
from bylaw_hooks import Both, hookimpl
from bylaw_hooks.leave import LeaveKind, LeaveParameters, LeavePolicy
bylaw_api = 1
class Moving(LeavePolicy[LeaveParameters]):
    name, version, title, parameters = "acme-moving", 1, Both("搬家假", "Moving leave"), LeaveParameters
    def kinds(self, parameters):
        return (LeaveKind("acme-moving", Both("搬家假", "Moving leave"), unit="day", most_days=1),)
@hookimpl
def register_leave_policies():
    return [Moving()]
"""


def refusal(site: Site) -> PluginRefused:
    """Why what is installed may not take part; nothing of it was imported here."""
    with pytest.raises(PluginRefused) as refused:
        introduced(site.found(), AMPLE)
    assert refused.value.distribution in refused.value.zh
    assert refused.value.distribution in refused.value.en
    assert not {"acme_patterns", "zenith_patterns"} & set(sys.modules)
    return refused.value


def test_what_ships_is_found_by_its_entry_point_and_runs_inside() -> None:
    runners = {one.manifest.distribution: one for one in introduced(installed(), AMPLE)}
    fixed_week, mail = runners["bylaw-fixed-week"].manifest, runners["bylaw-smtp-mail"].manifest
    assert [(one.identity, one.title_zh) for one in fixed_week.patterns] == [("fixed-week@1", "固定周班")]
    assert [(one.name, one.settings[:2]) for one in mail.channels] == [("smtp", ["authority_file", "host"])]
    assert "bylaw_fixed_week" in sys.modules
    leave = runners["bylaw-statutory-leave"].manifest
    assert [(one.identity, one.title_zh) for one in leave.leave_policies] == [("statutory-leave@1", "法定假")]
    assert (leave.hooks, leave.patterns, leave.channels) == (["register_leave_policies"], [], [])


def test_a_distribution_may_bring_only_channels_and_another_only_patterns(site: Site, host: Host) -> None:
    site.add("acme-pigeon", CHANNEL)
    site.add("acme-patterns", PATTERN)
    assert [(one.identity, one.distribution) for one in host().offered()] == [("acme-never@1", "acme-patterns 1.2")]
    channels = start_channels(site.found(), limits=AMPLE)
    assert [(one.name, one.distribution) for one in channels.offered()] == [("acme-pigeon", "acme-pigeon 1.2")]
    channels.close()


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("def register_shift_patterns()", "def register_holidays()", "UNKNOWN_HOOK"),
        ("register_shift_patterns()", "register_shift_patterns(application)", "UNKNOWN_HOOK"),
        ("bylaw_api = 1", "bylaw_api = 2", "WRONG_API_VERSION"),
        ("bylaw_api = 1", "", "WRONG_API_VERSION"),
        ("@hookimpl", "", "NOTHING_REGISTERED"),
        ("return [Never()]", "return []", "NOTHING_REGISTERED"),
        ("return [Never()]", "return [Never]", "NOTHING_REGISTERED"),
        ('"acme-never", 1', '"acme-never", "1"', "PATTERN_INCOMPLETE"),
        ("return [Never()]", "return 5", "REGISTRATION_RAISED"),
        ("return [Never()]", "raise RuntimeError('no licence')", "REGISTRATION_RAISED"),
        ("return [Never()]", "raise SystemExit(1)", "REGISTRATION_RAISED"),
        ("bylaw_api = 1", "import a_module_that_nobody_has", "IMPORT_RAISED"),
        ("bylaw_api = 1", "raise SystemExit(1)", "IMPORT_RAISED"),
        ("return [Never()]", "return [Never(), Never()]", "PATTERN_TWICE"),
    ],
)
def test_a_distribution_of_patterns_at_fault_is_refused_by_name(
    site: Site, before: str, after: str, reason: str
) -> None:
    site.add("acme-patterns", PATTERN.replace(before, after))
    refused = refusal(site)
    assert (refused.distribution, refused.reason) == ("acme-patterns", reason)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("def register_delivery_channels()", "def register_mailboxes()", "UNKNOWN_HOOK"),
        ("bylaw_api = 1", "bylaw_api = 2", "WRONG_API_VERSION"),
        ("@hookimpl", "", "NOTHING_REGISTERED"),
        ("return [Pigeon()]", "return [Pigeon]", "NOTHING_REGISTERED"),
        ('"acme-pigeon", Both', "5, Both", "CHANNEL_INCOMPLETE"),
        ("return [Pigeon()]", "raise RuntimeError('no licence')", "REGISTRATION_RAISED"),
        ("return [Pigeon()]", "return [Pigeon(), Pigeon()]", "CHANNEL_TWICE"),
        ("bylaw_api = 1", "import a_module_that_nobody_has", "IMPORT_RAISED"),
        ('"acme-pigeon", Both', '"smtp", Both', "FOREIGN_PREFIX"),
        ('"acme-pigeon", Both', '"acme pigeon", Both', "NAME_UNSOUND"),
        ('word: str = ""', 'word: str = Field("", alias="A=B")', "SETTING_UNSOUND"),
        ('Both("信鸽", "Pigeon"), Loft', 'Both("信鸽", "Pigeon"), int', "MANIFEST_RAISED"),
    ],
)
def test_a_distribution_of_channels_at_fault_is_refused_by_name(
    site: Site, before: str, after: str, reason: str
) -> None:
    site.add("acme-pigeon", CHANNEL.replace(before, after))
    refused = refusal(site)
    assert (refused.distribution, refused.reason) == ("acme-pigeon", reason)


def test_a_distribution_may_bring_only_a_leave_policy_of_ten_lines(site: Site) -> None:
    site.add("acme-leave", LEAVE)
    (runner,) = introduced(site.found(), AMPLE)
    (offer,) = runner.manifest.leave_policies
    runner.close()
    assert (offer.identity, offer.title_zh, offer.title_en) == ("acme-moving@1", "搬家假", "Moving leave")
    assert sorted(offer.schema_of_parameters["properties"]) == ["unit_head_days", "without_hr_days"]
    assert "acme_leave" not in sys.modules


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("def register_leave_policies()", "def register_absences()", "UNKNOWN_HOOK"),
        ("@hookimpl", "", "NOTHING_REGISTERED"),
        ("return [Moving()]", "return [Moving]", "NOTHING_REGISTERED"),
        ('"acme-moving", 1', '"acme-moving", "1"', "LEAVE_POLICY_INCOMPLETE"),
        ('"acme-moving", 1', '"moving", 1', "FOREIGN_PREFIX"),
        ('"acme-moving", 1', '"acme moving", 1', "NAME_UNSOUND"),
        ('"acme-moving", 1', '"acme-moving", 0', "NAME_UNSOUND"),
        ("return [Moving()]", "return [Moving(), Moving()]", "LEAVE_POLICY_TWICE"),
        ("return [Moving()]", "raise RuntimeError('no licence')", "REGISTRATION_RAISED"),
    ],
)
def test_a_distribution_of_leave_policies_at_fault_is_refused_by_name(
    site: Site, before: str, after: str, reason: str
) -> None:
    site.add("acme-leave", LEAVE.replace(before, after))
    refused = refusal(site)
    assert (refused.distribution, refused.reason) == ("acme-leave", reason)


@pytest.mark.parametrize(
    ("source", "reason"),
    [(PATTERN, "PATTERN_TWICE"), (CHANNEL, "CHANNEL_TWICE"), (LEAVE, "LEAVE_POLICY_TWICE")],
)
def test_a_name_that_another_distribution_has_is_refused_and_both_are_named(
    site: Site, source: str, reason: str
) -> None:
    site.add("acme-first", source)
    site.add("acme-second", source)
    refused = refusal(site)
    assert (refused.distribution, refused.reason) == ("acme-second", reason)
    assert "acme-first" in refused.en
    assert "acme-first" in refused.zh


def test_dots_dashes_and_case_make_no_other_name(site: Site, host: Host) -> None:
    site.add("acme-patterns", PATTERN, entry="Acme.Patterns")
    assert [one.identity for one in host().offered()] == ["acme-never@1"]


def test_one_at_fault_is_named_even_beside_good_ones(site: Site) -> None:
    site.add("acme-patterns", PATTERN)
    site.add("zenith-patterns", PATTERN.replace("return [Never()]", "raise ValueError('broken')"))
    assert refusal(site).distribution == "zenith-patterns"
