"""Shows and sets what channels promise their customers (CUS-2, CUS-3)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from bylaw_chassis.caller import Reach
from bylaw_chassis.database import Database
from bylaw_chassis.forms import number_within
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import resource_id

from bylaw_orders.ports.tickets import PolicyStore
from bylaw_orders.rules.channels.channel import CHANNELS
from bylaw_orders.rules.tickets.policy import ServicePolicy
from bylaw_orders.rules.tickets.refusals import ServicePolicyChanged
from bylaw_orders.use_cases.finding import Finding
from bylaw_orders.use_cases.forms import amount, changed_fields

LONGEST_HOURS = 8_760
HOURS = ("inquiry_hours", "complaint_hours", "return_hours", "refund_hours", "exchange_hours", "review_hours")
FIELDS = {**dict.fromkeys(HOURS, "hours"), "refund_limit": "amount"}
OTHERS = frozenset({"name", "etag"})


@dataclass(frozen=True, slots=True)
class KeepPolicies:
    """The channel is locked while its policy is set."""

    database: Database
    finding: Finding
    policies: PolicyStore

    def one(self, channel: UUID, reach: Reach) -> ServicePolicy:
        """Refuses CHANNEL_NOT_FOUND."""
        with self.database.read() as connection:
            self.finding.channel(connection, channel, reach)
            return self.policies.of_channel(connection, channel)

    def update(self, channel: UUID, changes: Mapping[str, Any], reach: Reach, *, seen: str) -> ServicePolicy:
        """Refuses CHANNEL_NOT_FOUND, SERVICE_POLICY_CHANGED."""
        with self.database.work() as work:
            self.finding.channel(work.connection, channel, reach, lock=True)
            found = self.policies.of_channel(work.connection, channel)
            if seen and seen != str(found.revision):
                raise ServicePolicyChanged
            made = replace(found, **changes, revision=found.revision + 1)
            self.policies.put(work.connection, made)
        return made


def channel_of(name: str, *, field: str) -> UUID:
    """The channel in `channels/{channel}/servicePolicy`."""
    whole, _, rest = name.rpartition("/")
    if rest != "servicePolicy":
        raise FieldInvalid(
            field=field, zh="应为 channels/{channel}/servicePolicy", en="expected channels/{channel}/servicePolicy"
        )
    return resource_id(whole, CHANNELS, field=field)


def policy_changes(wished: Any, paths: Collection[str]) -> dict[str, Any]:
    """What becomes of the fields that a mask names, without one of those that are filled."""
    asked = changed_fields(wished, paths, fields=FIELDS, others=OTHERS)
    changes: dict[str, Any] = {
        name: number_within(getattr(wished, name), field=f"service_policy.{name}", first=1, last=LONGEST_HOURS)
        for name in HOURS
        if name in asked
    }
    if "refund_limit" in asked:
        changes["refund_limit"] = amount(wished.refund_limit, field="service_policy.refund_limit", least=0)
    return changes
