"""Lines that orders of a file share, as the same object: what is made of one is worked out once for all of them."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from bylaw_orders.rules.orders.order import Line, WishLine

MOST = 100_000
"""So many things are known at most; whoever asks for one more begins anew."""

Thing = TypeVar("Thing")
Made = TypeVar("Made")


class OnceEach(Generic[Thing, Made]):
    """What was made of things, by the object; each is kept, so that no other can come to have its id."""

    __slots__ = ("_kept", "_made")

    def __init__(self) -> None:
        self._made: dict[int, Made] = {}
        self._kept: list[Thing] = []

    def of(self, things: Sequence[Thing], make: Callable[[Thing], Made]) -> list[Made]:
        """What is made of each, in their order; what `make` raises goes on."""
        if len(self._kept) > MOST:
            self._kept.clear()
            self._made.clear()
        known = [*map(self._made.get, map(id, things))]
        return [made or self._of(things[place], make) for place, made in enumerate(known)]

    def _of(self, thing: Thing, make: Callable[[Thing], Made]) -> Made:
        made = self._made.get(id(thing))
        if made is None:
            made = self._made[id(thing)] = make(thing)
            self._kept.append(thing)
        return made


class SameLines:
    """Of orders that come one after the other: lines in words, as they are drafted, and as they are copied."""

    __slots__ = ("copied", "drafted", "told")

    def __init__(self) -> None:
        self.told = OnceEach[WishLine, str]()
        self.drafted = OnceEach[WishLine, Line]()
        self.copied = OnceEach[Line, str]()
