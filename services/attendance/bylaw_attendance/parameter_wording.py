"""Faulty parameters of a pattern as violations of a request, each with its path and its words in both languages."""

from bylaw_chassis.refusals import Violation
from bylaw_plugin_host.outcomes import ParametersRefused
from bylaw_plugin_host.parameter_wording import faults_of


def violations(refused: ParametersRefused, *, parent: str, reason: str) -> list[Violation]:
    """Each faulty parameter with its path below `parent`: `parameters.segments[0].hours`."""
    return [Violation(_below(parent, fault.path), reason, *fault.words) for fault in faults_of(refused)]


def _below(parent: str, path: tuple[str | int, ...]) -> str:
    return parent + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
