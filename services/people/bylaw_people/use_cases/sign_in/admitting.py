"""Who may act now: the one function that every way to a token goes through (SEC-1, SEC-2)."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from bylaw_chassis.caller import Caller, HeldGrant, Scope

from bylaw_people.ports import Needs, Records
from bylaw_people.rules.access.roles import service_permissions
from bylaw_people.rules.sign_in.access_tokens import narrowed
from bylaw_people.rules.sign_in.service_accounts import ServiceAccount
from bylaw_people.rules.staff import PersonRecord, left_since
from bylaw_people.use_cases import holding
from bylaw_people.use_cases.finding import EVERYONE

ACCESS_TOKEN = "pat"  # noqa: S105 - the name of a method


@dataclass(frozen=True, slots=True)
class Proof:
    """How somebody proved who they are: the session or access token it belongs to, the methods, and since when.

    `proved_at` is when they did so in person; nothing of an access token, and where a provider does not say.
    """

    session: UUID
    methods: Collection[str]
    made_at: datetime
    proved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Admitted:
    """Somebody who may act now, as a caller with what they hold now; a token of theirs ends at `latest`."""

    caller: Caller
    latest: datetime | None = None


def admit(
    records: Records, person: UUID, proof: Proof, *, needs: Needs, only: Collection[str] | None = None
) -> Admitted | None:
    """Admits somebody who proved who they are by some methods; nothing where they are locked, gone or never may.

    A proof made before their last day ended with it. `only` narrows what they may do to some permissions.
    """
    account = records.service_accounts.find(person)
    if account and not _runs(records, account, needs, proof.methods):
        return None
    record = _entering(records, person, needs)
    if record is None or _left(record, proof.made_at, needs):
        return None
    held = holding.caller_for(records, record, needs.today(), needs=needs)
    grants = held.grants if only is None else narrowed(held.grants, only)
    methods, proved_at = tuple(proof.methods), proof.proved_at
    return Admitted(replace(held, grants=grants, session=proof.session, methods=methods, proved_at=proved_at))


def _left(record: PersonRecord, since: datetime, needs: Needs) -> bool:
    return left_since(record.appointments, since.astimezone(needs.time_zone).date(), needs.today())


def admit_service(name: str) -> Admitted:
    """A service of the suite, which proved that it has the installation's secret."""
    return Admitted(Caller(service=name, grants=(HeldGrant(Scope.COMPANY, None, service_permissions(name)),)))


def _entering(records: Records, person: UUID, needs: Needs) -> PersonRecord | None:
    """Somebody who is neither locked nor gone nor outside without permission, today."""
    today = needs.today()
    record = records.people.find(person, EVERYONE, today)
    if record is None or records.accounts.locked(person):
        return None
    return record if holding.may_enter(records, record, today, needs=needs) else None


def _runs(records: Records, account: ServiceAccount, needs: Needs, methods: Collection[str]) -> bool:
    """A service account comes by access token only, and stops with whoever answers for it."""
    by_token = tuple(methods) == (ACCESS_TOKEN,)
    return by_token and account.runs(needs.today()) and _entering(records, account.owner, needs) is not None
