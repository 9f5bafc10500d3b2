"""Finds what only its owner may act on: others who see it are told whose it is, strangers nothing (SEC-1)."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from bylaw_chassis.caller import Caller, Reach
from bylaw_chassis.refusals import Code, Refusal

T = TypeVar("T")


def own(
    one: Callable[[UUID, Reach], T], identifier: UUID, *, caller: Caller, reach: Reach, not_own: Callable[[T], Refusal]
) -> T:
    """The caller's own; `reach` is what they may see. Refuses as `one` does, and `not_own` of what they merely see."""
    if caller.person is not None:
        try:
            return one(identifier, Reach(own=caller.person))
        except Refusal as refusal:
            if refusal.code is not Code.NOT_FOUND:
                raise
    raise not_own(one(identifier, reach))
