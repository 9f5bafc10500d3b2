"""How punches are bound to cards and how late, early and absent are told: the rules by default.

Binding. Each punch lies in one segment's window at most (see `plan`). If both sides of the window's middle
have undirected punches, the earliest is the sign-in and the latest the sign-out. If one side has all of them,
the same holds when they lie further apart than `repeat_minutes`; else they are one stamp: a sign-in before
the middle, a sign-out from it on; so an arrival that close to the leaving counts as a repeated stamp. A punch
whose direction is certain binds to a card of that direction only: the earliest in, the latest out. A midday
break never becomes work: no pair reaches over two segments.

Pending. A sign-in with a punch is final, and so is a sign-out at or after the end. Everything else waits
until every clock has reported past the window: nobody is absent too soon.
"""

from bisect import bisect_left
from collections.abc import Sequence

from bylaw_hooks.answers import MonthAnswer
from bylaw_hooks.facts import MonthFacts
from bylaw_hooks.kinds import Kind
from bylaw_hooks.parameters import CardParameters
from bylaw_hooks.plan import MonthPlan, Segment

# Plain numbers: reaching into an enumeration costs more here than the rule does.
_UNASKED, _ON_TIME, _EARLY, _LATE, _MISSING_CARD, _LEAVE_REQUIRED, _ABSENT, _PENDING = map(int, Kind)
Card = tuple[int, int, str]
"""A finding at a card: kind, minutes, clause."""
_NEVER = 2**62
_NOT_ASKED: Card = (_UNASKED, 0, "")
# Leave that was required and not granted by the hand-over is absence, by the clause that required it.
_AT_HAND_OVER = bytes.maketrans(bytes([_LEAVE_REQUIRED]), bytes([_ABSENT]))
_NO_PUNCH = {_MISSING_CARD: "ATT-1", _ABSENT: "ATT-4"}
Bound = list[int | None]
"""The punch at each card, two a segment, as epoch seconds."""


def arrival(segment: Segment, minute: int) -> Card:
    """The late ladder (ATT-2): late up to and including `late_minutes` after the due time, then leave."""
    late = minute - segment.due
    if late <= 0:
        return _ON_TIME, 0, segment.due_clause
    return (_LATE if late <= segment.late_minutes else _LEAVE_REQUIRED), late, "ATT-2"


def departure(segment: Segment, minute: int) -> Card:
    """The early ladder (ATT-3): early up to and including `early_minutes` before the end, then leave."""
    early = segment.end - minute
    if early <= 0:
        return _ON_TIME, 0, segment.clause
    return (_EARLY if early <= segment.early_minutes else _LEAVE_REQUIRED), early, "ATT-3"


def bind(facts: MonthFacts, plan: MonthPlan, *, repeat_minutes: int) -> Bound:
    """Give each card its punch, none twice; see the head of this file."""
    punches, bound = facts.punches, list[int | None]()
    padded = (*punches, _NEVER, _NEVER)
    directed, repeat_seconds, first = any(facts.directions), 60 * repeat_minutes, 0
    for opens, middle, closes in plan.windows:
        came, left = padded[first], padded[first + 1]
        # The plain case, by far the most frequent: one punch on either side and the next beyond the window.
        if opens <= came < middle <= left < closes <= padded[first + 2] and not directed:
            bound += (came, left)
            first += 2
            continue
        first = bisect_left(punches, opens, first)
        half, after = bisect_left(punches, middle, first), bisect_left(punches, closes, first)
        if directed:
            bound += _directed(facts, (first, half, after), repeat_seconds=repeat_seconds)
        elif first < half < after:
            bound += (punches[first], punches[after - 1])
        else:
            bound += _one_sided(punches[first:after], before_middle=first < half, repeat_seconds=repeat_seconds)
        first = after
    for card in plan.unasked:
        bound[card] = None
    return bound


def _one_sided(
    punches: Sequence[int],
    *,
    before_middle: bool,
    repeat_seconds: int,
) -> tuple[int | None, int | None]:
    if not punches:
        return None, None
    if punches[-1] - punches[0] > repeat_seconds:
        return punches[0], punches[-1]
    return (punches[0], None) if before_middle else (None, punches[-1])


def _directed(
    facts: MonthFacts,
    cuts: tuple[int, int, int],
    *,
    repeat_seconds: int,
) -> tuple[int | None, int | None]:
    first, middle, after = cuts
    stamps = [(facts.punches[k], facts.directions[k], k < middle) for k in range(first, after)]
    unsure = [punch for punch, direction, _ in stamps if not direction]
    sides = {before for _, direction, before in stamps if not direction}
    came, left = (
        (unsure[0], unsure[-1])
        if len(sides) == 2
        else _one_sided(unsure, before_middle=True in sides, repeat_seconds=repeat_seconds)
    )
    ins = [punch for punch, direction, _ in stamps if direction == 1] + ([] if came is None else [came])
    outs = [punch for punch, direction, _ in stamps if direction == 2] + ([] if left is None else [left])
    return min(ins, default=None), max(outs, default=None)


def judge(facts: MonthFacts, plan: MonthPlan, *, bound: Bound, parameters: CardParameters) -> MonthAnswer:
    """Judge every half by its two cards; a half that is plainly on time costs two comparisons."""
    kinds, minutes, clauses = bytearray(plan.card_kinds), [0] * len(bound), list(plan.card_clauses)
    verdicts, half_clauses, worked = (
        bytearray([_ON_TIME]) * len(plan.segments),
        list(plan.half_clauses),
        list(plan.lengths),
    )
    carry = 59 if parameters.seconds == "count" else 0
    cards = zip(bound[::2], bound[1::2], plan.on_time_before, plan.ends, strict=True)
    for half, (came, left, on_time_before, end) in enumerate(cards):
        if came is not None and left is not None and came < on_time_before and left >= end:
            continue
        segment, without_punch = plan.segments[half], _PENDING
        if plan.settles[half] <= facts.decided_until:
            low, high = plan.leans_on[half]
            seen = came is not None or left is not None or bound[low:high].count(None) < high - low
            without_punch = _MISSING_CARD if seen else _ABSENT
        sign_in = _sign_in(segment, came, carry=carry, without_punch=without_punch)
        sign_out = _sign_out(segment, left, without_punch=without_punch)
        verdict, _, clause = sign_out if sign_out[0] > sign_in[0] else sign_in
        verdicts[half], worked[half] = verdict, _worked(segment, came, left, verdict=verdict)
        half_clauses[half] = segment.clause if verdict == _ON_TIME else clause
        card = 2 * half
        kinds[card], minutes[card], clauses[card] = sign_in
        kinds[card + 1], minutes[card + 1], clauses[card + 1] = sign_out
    if facts.handed_over and parameters.without_leave == "absent":
        worked = [0 if each == _LEAVE_REQUIRED else spent for each, spent in zip(verdicts, worked, strict=True)]
        kinds, verdicts = kinds.translate(_AT_HAND_OVER), verdicts.translate(_AT_HAND_OVER)
    return MonthAnswer(
        facts.person,
        plan,
        bytes(kinds),
        tuple(minutes),
        tuple(bound),
        tuple(clauses),
        bytes(verdicts),
        tuple(half_clauses),
        tuple(worked),
    )


def _sign_in(segment: Segment, came: int | None, *, carry: int, without_punch: int) -> Card:
    if came is not None:
        return arrival(segment, (came + carry) // 60)
    if not segment.asks_in:
        return _NOT_ASKED
    return without_punch, 0, _NO_PUNCH.get(without_punch, segment.due_clause)


def _sign_out(segment: Segment, left: int | None, *, without_punch: int) -> Card:
    if left is None:
        if not segment.asks_out:
            return _NOT_ASKED
        return without_punch, 0, _NO_PUNCH.get(without_punch, segment.clause)
    card = departure(segment, left // 60)
    if without_punch == _PENDING and card[0] != _ON_TIME:
        return _PENDING, 0, segment.clause
    return card


def _worked(segment: Segment, came: int | None, left: int | None, *, verdict: int) -> int:
    """Minutes between the cards within the plan; a card not asked for is taken at the plan's edge."""
    if verdict >= _ABSENT or (came is None and segment.asks_in) or (left is None and segment.asks_out):
        return 0
    start = segment.start if came is None else max(came // 60, segment.start)
    end = segment.end if left is None else min(left // 60, segment.end)
    return max(0, end - start)
