"""Calls of this process that wait while one like them is under way: carried out together when it is over.

A call that finds nobody under way is carried out alone and at once: nothing waits so that something may come. Of those
that came meanwhile one carries out all; each is answered, refused, or told to go on alone.
"""

import threading
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from bylaw_chassis.call import Call
from bylaw_chassis.observe import log
from bylaw_chassis.refusals import DeadlinePassed, Refusal

MOST = 8
"""Calls that are carried out together at most."""
LONGEST_WAIT_SECONDS = 0.02
"""Whoever has waited for so long goes on alone: the one under way may wait for something that others do not need."""

Wish = TypeVar("Wish")
Done = TypeVar("Done")


@dataclass(slots=True, eq=False)
class _Waiting(Generic[Wish, Done]):
    """A call that waits; `signal` is free once it is done or has become the one that carries out `those`."""

    group: Hashable
    wish: Wish
    signal: threading.Lock = field(default_factory=threading.Lock)
    those: "list[_Waiting[Wish, Done]]" = field(default_factory=list)
    done: Done | Refusal | None = None

    def __post_init__(self) -> None:
        self.signal.acquire()


class Together(Generic[Wish, Done]):
    """Carries calls out together; `carry_out` says of each what it came to, why not, or nothing: go on alone."""

    def __init__(self, carry_out: Callable[[Sequence[Wish]], Sequence[Done | Refusal | None]]) -> None:
        self._carry_out = carry_out
        self._lock = threading.Lock()
        self._waiting: list[_Waiting[Wish, Done]] = []
        self._under_way = False

    def do(self, call: Call, group: Hashable, wish: Wish, alone: Callable[[], Done]) -> Done:
        """Carries a call out, alone or with others of its group; a call tried again goes on alone."""
        if self._over in call.when_over:
            return alone()
        mine: _Waiting[Wish, Done] = _Waiting(group, wish)
        with self._lock:
            leads, self._under_way = not self._under_way, True
            if not leads:
                self._waiting.append(mine)
        if leads:
            call.when_over.append(self._over)
            return alone()
        if not self._taken(call, mine):
            return alone()
        if mine.those:
            call.when_over.append(self._over)
            self._lead(mine.those)
        if mine.done is None:
            return alone()
        if isinstance(mine.done, Refusal):
            raise mine.done
        return mine.done

    def _taken(self, call: Call, mine: _Waiting[Wish, Done]) -> bool:
        """Waits until it is done or has to carry out others; says no where it is to go on alone."""
        if mine.signal.acquire(timeout=LONGEST_WAIT_SECONDS):
            return True
        with self._lock:
            if mine in self._waiting:
                self._waiting.remove(mine)
                return False
        if not mine.signal.acquire(timeout=max(0, call.remaining_seconds)):
            with self._lock:
                if not mine.those:
                    raise DeadlinePassed  # the one that took it may do it yet: a repeat under its key will tell
        return True

    def _over(self) -> None:
        """The one under way is over: the first that waits carries out those of its group, itself among them."""
        with self._lock:
            if not self._waiting:
                self._under_way = False
                return
            first = self._waiting[0]
            first.those = [one for one in self._waiting if one.group == first.group][:MOST]
            self._waiting = [one for one in self._waiting if one not in first.those]
        first.signal.release()

    def _lead(self, those: Sequence[_Waiting[Wish, Done]]) -> None:
        if len(those) == 1:
            return
        try:
            for one, done in zip(those, self._carry_out([one.wish for one in those]), strict=True):
                one.done = done
        except Exception as error:  # noqa: BLE001 - whatever it was, each is carried out alone and says so itself
            log().info("not_done_together", count=len(those), reason=type(error).__name__)
        finally:
            for one in those[1:]:
                one.signal.release()
