"""Builds the people service; the only file that knows all the others."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from bylaw.people.v1 import access_pb2, feed_pb2, organisation_pb2, rulebook_pb2, sign_in_pb2, staff_pb2
from bylaw_chassis.clock import Clock, system_clock
from bylaw_chassis.database import Database
from bylaw_chassis.ended_tokens import EndedTokens
from bylaw_chassis.feed_rpc import FeedRpc
from bylaw_chassis.identity import service_secret
from bylaw_chassis.jobs import Lease, Runner, Timer
from bylaw_chassis.keys import derived_key
from bylaw_chassis.migrate import Migrations
from bylaw_chassis.paging import PageTokens
from bylaw_chassis.retention import chassis_timers
from bylaw_chassis.server import Server
from bylaw_chassis.serving import Service
from bylaw_chassis.settings import ServiceSettings
from bylaw_chassis.tokens import TokenVerifier
from pydantic import Field, field_validator

from bylaw_people.permissions import known_permissions
from bylaw_people.ports import Needs
from bylaw_people.rpc.access import AccessRpc
from bylaw_people.rpc.organisation import OrganisationRpc
from bylaw_people.rpc.rulebook import RulebookRpc
from bylaw_people.rpc.sign_in import SignInRpc
from bylaw_people.rpc.staff import StaffRpc
from bylaw_people.rulebook.book import shipped_book
from bylaw_people.rules.roles import roles
from bylaw_people.store.passwords import prune_failures
from bylaw_people.store.signing_keys import SigningKeys
from bylaw_people.store.work import Store
from bylaw_people.use_cases import create_administrator as administrator
from bylaw_people.use_cases.set_password import PasswordChange
from bylaw_people.use_cases.sign_in import PasswordCheck, SignIn
from bylaw_people.zones import knows_zone

MIGRATIONS = Migrations(
    schema="people", folder=Path(__file__).parent / "store" / "migrations", append_only=["unit_versions"]
)
HOUR_SECONDS = 3_600.0
FAILURES_KEPT = timedelta(days=1)


class PeopleSettings(ServiceSettings):
    """What people is told beside what every service is told."""

    time_zone: str = Field("Asia/Shanghai", description="The organisation's zone: decides which day it is.")

    @field_validator("time_zone")
    @classmethod
    def _known(cls, name: str) -> str:
        if not knows_zone(name):
            raise ValueError("must be a name of the IANA time zone database, such as Asia/Shanghai")
        return name


def build(settings: PeopleSettings, *, clock: Clock = system_clock, check: PasswordCheck | None = None) -> Service:
    """The service, ready to be started; `check` hashes passwords, as argon2 advises where it is not given.

    Raises SettingWrong where the master key is not the installation's own.
    """
    master_key = settings.master_key.get_secret_value()
    database = Database(settings.database_url.get_secret_value(), MIGRATIONS.schema, clock, settings.threads)
    keys = SigningKeys(database, master_key)
    try:
        keys.require_openable()
    except BaseException:
        database.close()
        raise
    server = Server("people.bylaw", TokenVerifier(keys, clock, EndedTokens(database)))
    needs = _needs(database, settings.time_zone)
    _add_calls(server, needs, keys, master_key=master_key, check=check or PasswordCheck())
    return Service("people", server, database, _runner(database, keys, settings))


def create_administrator(
    database: Database,
    *,
    login: str,
    password: str,
    time_zone: str = "Asia/Shanghai",
    check: PasswordCheck | None = None,
) -> UUID:
    """Makes the installation's first account, which may do everything; again it changes nothing.

    Answers the account's person; refuses PASSWORD_TOO_WEAK. `service.database` is the database of a built service.
    """
    needs = _needs(database, time_zone)
    return administrator.create_administrator(login, password, needs=needs, check=check or PasswordCheck())


def has_administrator(database: Database, *, login: str, time_zone: str = "Asia/Shanghai") -> bool:
    """Whether the first account has been made and has a password."""
    return administrator.has_password(login, needs=_needs(database, time_zone))


def reset_administrator(
    database: Database,
    *,
    login: str,
    password: str,
    time_zone: str = "Asia/Shanghai",
    check: PasswordCheck | None = None,
) -> bool:
    """Gives the first account another password; false where there is no such account; refuses PASSWORD_TOO_WEAK."""
    needs = _needs(database, time_zone)
    return administrator.reset_password(login, password, needs=needs, check=check or PasswordCheck())


def _needs(database: Database, time_zone: str) -> Needs:
    return Needs(Store(database), database.clock, ZoneInfo(time_zone), roles(known_permissions()), knows_zone)


def _add_calls(server: Server, needs: Needs, keys: SigningKeys, *, master_key: str, check: PasswordCheck) -> None:
    tokens = PageTokens(derived_key(master_key, "page-tokens"))
    sign_in = SignIn(needs, keys, check, service_secret(master_key))
    passwords = PasswordChange(needs, sign_in)
    database = keys.database
    calls = (
        (organisation_pb2, "Organisation", OrganisationRpc(needs, tokens)),
        (staff_pb2, "Staff", StaffRpc(needs, tokens)),
        (access_pb2, "Access", AccessRpc(needs, tokens)),
        (sign_in_pb2, "SignIn", SignInRpc(needs, sign_in, passwords, keys.published)),
        (rulebook_pb2, "Rulebook", RulebookRpc(needs, shipped_book())),
        (feed_pb2, "Feed", FeedRpc(database, feed_pb2.Event, feed_pb2.ListEventsResponse)),
    )
    for file, name, servicer in calls:
        server.add(file.DESCRIPTOR.services_by_name[name], servicer)


def _runner(database: Database, keys: SigningKeys, settings: PeopleSettings) -> Runner:
    def forget_failures(_lease: Lease) -> None:
        with database.engine.begin() as connection:
            prune_failures(connection, database.clock() - FAILURES_KEPT)

    def renew_keys(_lease: Lease) -> None:
        keys.current()

    own = (
        Timer("forget_sign_in_failures", HOUR_SECONDS, forget_failures),
        Timer("renew_signing_keys", HOUR_SECONDS, renew_keys),
    )
    kept = chassis_timers(database, request_key_hours=settings.request_key_hours, feed_days=settings.feed_days)
    return Runner(database, {}, (*own, *kept))
