"""How a host is started: what is installed is introduced, checked together, and given its runner."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from bylaw_kit.checking import Exists

from bylaw_plugin_host.discovery import Found, installed
from bylaw_plugin_host.host import PolicyHost
from bylaw_plugin_host.loaded import Loaded
from bylaw_plugin_host.loading import loaded
from bylaw_plugin_host.manifest import Introduced, check_together
from bylaw_plugin_host.outcomes import Runner
from bylaw_plugin_host.registering import Registered, RegisteredLayout, RegisteredLeavePolicy, Registration
from bylaw_plugin_host.remote import Remote
from bylaw_plugin_host.workers import Limits

LIMITS = Limits()
_Brought = Registered | RegisteredLeavePolicy | RegisteredLayout


def start(exists: Exists, found: Iterable[Found] | None = None, *, limits: Limits = LIMITS) -> PolicyHost:
    """A host over all that is installed, or over these; PluginRefused, naming the distribution at fault.

    What we ship runs inside; every other distribution in a worker of its own, and its modules are never imported here.
    """
    runners = introduced(installed() if found is None else list(found), limits)
    return PolicyHost(_with_something(runners), exists, finding_seconds=limits.finding_seconds)


def introduced(found: Sequence[Found], limits: Limits = LIMITS) -> list[Runner]:
    """A runner for each, all manifests checked together; at a refusal whatever was started is ended."""
    runners: list[Runner] = []
    try:
        # All workers start before the first is heard: they warm up side by side.
        remote = {one.distribution: Remote(one, limits) for one in found if not one.shipped}
        runners += remote.values()
        in_order: list[Runner] = [
            remote[one.distribution] if one.distribution in remote else loaded(one) for one in found
        ]
        check_together(Introduced(one, runner.manifest) for one, runner in zip(found, in_order, strict=True))
    except BaseException:
        for runner in runners:
            runner.close()
        raise
    return in_order


def _with_something(runners: Iterable[Runner]) -> list[Runner]:
    """Those with patterns, leave policies or layouts; a worker that has none of them is needed no longer."""
    kept = []
    for one in runners:
        if one.manifest.patterns or one.manifest.leave_policies or one.manifest.layouts:
            kept.append(one)
        else:
            one.close()
    return kept


def inline(registered: Iterable[_Brought], exists: Exists) -> PolicyHost:
    """A host over patterns, leave policies and layouts at hand: for tests of services."""
    runners = []
    for (name, version), those in groupby(sorted(registered, key=_whose), _whose):
        brought = list(those)
        patterns = [one for one in brought if isinstance(one, Registered)]
        leave_policies = [one for one in brought if isinstance(one, RegisteredLeavePolicy)]
        layouts = [one for one in brought if isinstance(one, RegisteredLayout)]
        runners.append(Loaded(name, version, Registration(patterns, [], leave_policies, layouts)))
    return PolicyHost(runners, exists)


def _whose(one: _Brought) -> tuple[str, str]:
    return one.distribution, one.distribution_version
