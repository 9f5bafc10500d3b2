"""Which punch belongs to which card, for all people at once: the rules of `bylaw_hooks.judging.bind` over columns."""

import numpy as np

from bylaw_fixed_week.halves import NOTHING, Halves, Numbers, Truths, numbers

_UNKNOWN, _IN, _OUT = range(3)


def bind(halves: Halves, *, repeat_minutes: int) -> Numbers:
    """The punch at each card, two cards a half."""
    punches, directions = numbers(halves.facts.punches), numbers(halves.facts.directions)
    card = _cards(halves, punches)
    counted = card >= 0
    directed = bool(directions.any())
    unsure = counted & (directions == _UNKNOWN) if directed else counted
    bound = _undirected(halves, *_only(unsure, card, punches), repeat_seconds=60 * repeat_minutes)
    if directed:
        _take_in(bound, *_only(counted & (directions == _IN), card, punches))
        _take_out(bound, *_only(counted & (directions == _OUT), card, punches))
    for side, asks in enumerate((halves.plans.asks_in, halves.plans.asks_out)):
        if not numbers(asks).all():
            bound[side::2][halves.of(asks) == 0] = NOTHING
    return bound


def _only(wanted: Truths, card: Numbers, punches: Numbers) -> tuple[Numbers, Numbers]:
    return (card, punches) if wanted.all() else (card[wanted], punches[wanted])


def _cards(halves: Halves, punches: Numbers) -> Numbers:
    """The first card of a half for a punch before its window's middle, else the second; below 0: in no window."""
    edges, seen = halves.edges, punches
    counts = np.diff(numbers(halves.facts.punch_offsets))
    if len(halves.plan_first) > 2 and len(edges):  # several plans: each gets a stretch of time of its own
        apart = int(edges.max() - edges.min()) + 2
        seen = np.clip(punches, edges.min() - 1, edges.max()) + np.repeat(apart * halves.plan, counts)
        edges = edges + np.repeat(apart * np.arange(len(halves.plan_first) - 1), 3 * np.diff(halves.plan_first))
    passed = np.arange(len(edges) + 1)
    nowhere = -2 * (int(halves.counts.sum()) + 1)
    card = np.where(passed % 3 == 0, nowhere, passed // 3 * 2 + passed % 3 - 1)
    return card[np.searchsorted(edges, seen, side="right")] + np.repeat(2 * halves.moved, counts)


def _undirected(halves: Halves, card: Numbers, punches: Numbers, *, repeat_seconds: int) -> Numbers:
    """The earliest before the middle and the latest from it on; a side that has all has both if they lie apart."""
    cards = 2 * int(halves.counts.sum())
    first, last = np.full(cards, NOTHING), np.full(cards, NOTHING)
    first[card[::-1]] = punches[::-1]  # of several at one card, numpy keeps what is written last
    last[card] = punches
    came, left = first[::2], last[1::2]
    before = np.flatnonzero((came >= 0) & (left < 0))
    before = before[last[::2][before] - came[before] > repeat_seconds]
    after = np.flatnonzero((came < 0) & (left >= 0))
    after = after[left[after] - first[1::2][after] > repeat_seconds]
    came[after] = first[1::2][after]
    first[1::2] = left
    first[1::2][before] = last[::2][before]
    return first


def _take_in(bound: Numbers, card: Numbers, punches: Numbers) -> None:
    """Of punches that are certainly sign-ins the earliest counts, if nothing came before it."""
    held = np.full(len(bound), NOTHING)
    held[card[::-1] // 2 * 2] = punches[::-1]
    better = np.flatnonzero((held >= 0) & ((bound < 0) | (held < bound)))
    bound[better] = held[better]


def _take_out(bound: Numbers, card: Numbers, punches: Numbers) -> None:
    """Of punches that are certainly sign-outs the latest counts, if nothing came after it."""
    held = np.full(len(bound), NOTHING)
    held[card // 2 * 2 + 1] = punches
    np.maximum(bound, held, out=bound)
