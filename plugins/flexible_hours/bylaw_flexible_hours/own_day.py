"""The day that each person makes for themselves by when they come: from when they are late, and when they may go."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple, cast

from bylaw_hooks import Bound, Kind, MonthPlan, Segment

from bylaw_flexible_hours.parameters import Flexible

_ABSENT = int(Kind.ABSENT)


@dataclass(frozen=True, slots=True)
class Frame(Segment):
    """The frame of a day as its one segment, which knows its core time too, in epoch minutes."""

    core_start: int = 0
    core_end: int = 0


class OwnDays(NamedTuple):
    """A plan in which each day is due at the core's start and ends when its owner may go, and the cards within it."""

    plan: MonthPlan
    bound: Bound


def own_days(plan: MonthPlan, bound: Bound, parameters: Flexible) -> OwnDays:
    """May go: at the core's end, or once the day's minutes are full if that is later."""
    carry, present = _carry(parameters), parameters.present_minutes
    frames = cast("tuple[Frame, ...]", plan.segments)
    segments, ends, within = list[Segment](), list[int](), Bound()
    for frame, came, left in zip(frames, bound[::2], bound[1::2], strict=True):
        # Whoever forgot to sign in is judged by the core time alone: nobody knows how long they were there.
        end = frame.core_end
        if came is not None:
            end = max(end, (came + carry) // 60 + present, frame.start + present)
        segments.append(_until(frame, end))
        ends.append(60 * end)
        # Leaving after the frame is leaving at its end: what lies behind it does not count.
        within += (came, None if left is None else min(left, 60 * frame.end))
    on_time_before = tuple([60 * (frame.core_start + 1) - carry for frame in frames])
    own = replace(plan, segments=tuple(segments), on_time_before=on_time_before, ends=tuple(ends))
    return OwnDays(own, within)


def _until(frame: Frame, end: int) -> Segment:
    """A day from the frame's start, due at the core's, to this end."""
    late, early = frame.late_minutes, frame.early_minutes
    return Segment(frame.start, end, frame.core_start, late, early, frame.clause, frame.due_clause)


def worked(plan: MonthPlan, bound: Bound, verdicts: bytes, *, parameters: Flexible) -> Iterator[int]:
    """Minutes between the cards within the frame, less the break; a card that lacks leaves nothing to count."""
    carry, most, less = _carry(parameters), parameters.break_after_minutes, parameters.break_minutes
    for frame, came, left, verdict in zip(plan.segments, bound[::2], bound[1::2], verdicts, strict=True):
        if came is None or left is None or verdict >= _ABSENT:
            yield 0
        else:
            present = max(0, left // 60 - max((came + carry) // 60, frame.start))
            yield max(min(present, most), present - less)


def _carry(parameters: Flexible) -> int:
    """Seconds that make a begun minute a whole one, where seconds count."""
    return 59 if parameters.seconds == "count" else 0
