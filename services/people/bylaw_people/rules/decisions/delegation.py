"""Delegation: a head gives a named person decisions of some kinds for a time (DEC-2)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from bylaw_chassis.refusals import FieldInvalid

from bylaw_people.rules.decisions.refusals import DelegationEnded, DelegationToSelf

LONGEST, MOST_KINDS = timedelta(days=366), 50


@dataclass(frozen=True, slots=True)
class Delegation:
    """Who decides in whose place, which kinds (none stated: all), from the first to the last day."""

    id: UUID
    delegator: UUID
    delegate: UUID
    kinds: tuple[str, ...]
    start_date: date
    end_date: date
    away: bool = False
    ended_at: datetime | None = None

    def require_running(self, today: date) -> None:
        """Refuses DELEGATION_ENDED."""
        if self.ended_at or self.end_date < today:
            raise DelegationEnded


def require_delegation(wish: Delegation, today: date) -> None:
    """Refuses DELEGATION_TO_SELF, FIELD_INVALID: for a time that is not over, a year at most."""
    if wish.delegate == wish.delegator:
        raise DelegationToSelf
    if len(wish.kinds) > MOST_KINDS:
        raise FieldInvalid(field="delegation.kinds", zh=f"最多 {MOST_KINDS} 个", en=f"at most {MOST_KINDS}")
    if wish.start_date < today:
        raise FieldInvalid(
            field="delegation.start_date", zh=f"不能早于今天 {today}", en=f"must not be before today, {today}"
        )
    if not wish.start_date <= wish.end_date <= wish.start_date + LONGEST:
        raise FieldInvalid(
            field="delegation.end_date",
            zh="必填，不早于首日，最长一年",
            en="is needed: not before the first day, at most a year later",
        )
