"""What distributions have cost in worker processes since the start, as whoever measures wants it told."""

from collections.abc import Iterable

from bylaw_plugin_host.outcomes import Runner

Told = list[tuple[float, dict[str, str]]]


def losses_of(runners: Iterable[Runner]) -> Told:
    """How many each has cost, for the `time` they took or by another `end`; those that run in none aside."""
    return [
        (count, {"bylaw.distribution": one.manifest.titled, "bylaw.cause": cause})
        for one in runners
        if (lost := one.losses)
        for cause, count in (("time", lost.timed_out), ("end", lost.ended - lost.timed_out))
    ]
