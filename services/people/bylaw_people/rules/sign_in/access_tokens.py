"""Access tokens of programs: what they may do is what they name and their owner holds at the time (SEC-1)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from bylaw_chassis.caller import HeldGrant
from bylaw_chassis.refusals import FieldInvalid

from bylaw_people.rules.sign_in.sessions import first_instant

LONGEST_DAYS = 366
MOST_TOKENS = 50
MOST_PERMISSIONS = 200


@dataclass(frozen=True, slots=True)
class AccessToken:
    """An access token without its secret; from `ends_at` on it counts no more."""

    id: UUID
    person: UUID
    title: str
    permissions: tuple[str, ...]
    created_at: datetime
    created_by: UUID | None
    ends_at: datetime
    used_at: datetime | None = None
    revoked_at: datetime | None = None

    def counts(self, now: datetime) -> bool:
        """Whether it is neither over nor revoked."""
        return self.revoked_at is None and now < self.ends_at


def narrowed(grants: Collection[HeldGrant], permissions: Collection[str]) -> tuple[HeldGrant, ...]:
    """What is held of some permissions, as far as it is held."""
    named = frozenset(permissions)
    kept = ((grant, grant.permissions & named) for grant in grants)
    return tuple(HeldGrant(grant.scope, grant.unit, both, grant.sources) for grant, both in kept if both)


def end_of(end_date: date, today: date, zone: ZoneInfo) -> datetime:
    """The end of a token's last day; refuses FIELD_INVALID for a day that is over or more than a year away."""
    latest = today + timedelta(days=LONGEST_DAYS)
    if not today <= end_date <= latest:
        raise FieldInvalid(
            field="end_date", zh=f"应在 {today} 至 {latest} 之间", en=f"must lie between {today} and {latest}"
        )
    return first_instant(end_date + timedelta(days=1), zone)


def require_permissions(named: Collection[str]) -> tuple[str, ...]:
    """Sorted, each once; refuses FIELD_INVALID for none at all, or more than there are."""
    if not 0 < len(named) <= MOST_PERMISSIONS:
        raise FieldInvalid(field="permissions", zh="至少一项权限", en="at least one permission is needed")
    return tuple(sorted(set(named)))
