"""Builds the people service; the only file that knows all the others."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from bylaw.people.v1 import (
    access_pb2,
    access_review_pb2,
    audit_pb2,
    decisions_pb2,
    duties_pb2,
    feed_pb2,
    notices_pb2,
    organisation_pb2,
    outsiders_pb2,
    rulebook_pb2,
    service_records_pb2,
    staff_pb2,
)
from bylaw_chassis.addresses import address_seal
from bylaw_chassis.audit.heads import HeadKey
from bylaw_chassis.audit.rpc import audit_calls
from bylaw_chassis.audit.trail import trail_of
from bylaw_chassis.clock import Clock, system_clock
from bylaw_chassis.database import Database
from bylaw_chassis.ended_tokens import EndedTokens
from bylaw_chassis.feed_rpc import FeedRpc
from bylaw_chassis.jobs import Runner
from bylaw_chassis.keys import derived_key
from bylaw_chassis.migrate import Migrations
from bylaw_chassis.official_calendar import knows_calendar, official_day
from bylaw_chassis.paging import PageTokens
from bylaw_chassis.retention import chassis_timers
from bylaw_chassis.server import Server
from bylaw_chassis.serving import Service
from bylaw_chassis.telemetry.servers import server_of
from bylaw_chassis.tokens import TokenVerifier
from bylaw_chassis.wordings import ClauseWordings
from bylaw_plugin_host.settings import WorkerSettings
from pydantic import Field, field_validator

from bylaw_people.permissions import known_calls, permissions
from bylaw_people.policies import DeliveryChannels, installed, set_up
from bylaw_people.ports import Needs
from bylaw_people.rpc.access import AccessRpc
from bylaw_people.rpc.access_review import AccessReviewRpc
from bylaw_people.rpc.decisions import DecisionsRpc
from bylaw_people.rpc.duties import DutiesRpc
from bylaw_people.rpc.notices import NoticesRpc
from bylaw_people.rpc.organisation import OrganisationRpc
from bylaw_people.rpc.outsiders import OutsidersRpc
from bylaw_people.rpc.rulebook import RulebookRpc
from bylaw_people.rpc.service_records import ServiceRecordsRpc
from bylaw_people.rpc.staff import StaffRpc
from bylaw_people.rulebook.book import EDITION, shipped_book
from bylaw_people.rules.access.roles import roles
from bylaw_people.signing_in import SignInSettings, add_sign_in, sign_in_needs, sign_in_timers
from bylaw_people.store.signing_keys import SigningKeys
from bylaw_people.store.wordings import wordings_on_record
from bylaw_people.store.work import Store
from bylaw_people.timed_decisions import decision_timers
from bylaw_people.timed_duties import duty_timers
from bylaw_people.timed_notices import notice_jobs, notice_timers
from bylaw_people.use_cases import create_administrator as administrator
from bylaw_people.use_cases.rulebook.take_edition import take_edition
from bylaw_people.use_cases.sign_in.needs import SignInNeeds
from bylaw_people.use_cases.sign_in.password_check import PasswordCheck
from bylaw_people.zones import knows_zone

MIGRATIONS = Migrations(
    schema="people",
    folder=Path(__file__).parent / "store" / "migrations",
    append_only=[
        "unit_versions",
        "position_versions",
        "site_versions",
        "role_versions",
        "decision_processes",
        "decision_rounds",
        "decision_answers",
        "clause_revisions",
        "service_records",
    ],
)
AUDIT = audit_pb2.DESCRIPTOR.services_by_name["Audit"]


class PeopleSettings(SignInSettings, WorkerSettings):
    """What people is told beside what every service is told."""

    time_zone: str = Field("Asia/Shanghai", description="The organisation's zone: decides which day it is.")

    outsider_days: int = Field(
        90, ge=1, le=366, description="The most days for which a head may let an outsider in at once (SEC-2)."
    )

    @field_validator("time_zone")
    @classmethod
    def _known(cls, name: str) -> str:
        if not knows_zone(name):
            raise ValueError("must be a name of the IANA time zone database, such as Asia/Shanghai")
        return name


def build(
    settings: PeopleSettings,
    *,
    clock: Clock = system_clock,
    check: PasswordCheck | None = None,
    channels: DeliveryChannels | None = None,
) -> Service:
    """The service, ready to be started; `check` hashes passwords, as argon2 advises where it is not given.

    `channels` take notices outward; where they are not given, those that are installed and set up.

    Raises SettingWrong where the master key is not the installation's own or a channel's settings are at fault, and
    PluginRefused where a plugin may not take part, naming its distribution. Closing the service closes the channels.
    """
    master_key = settings.master_key.get_secret_value()
    database = Database(settings.database_url.get_secret_value(), MIGRATIONS.schema, clock, settings.threads)
    keys = SigningKeys(database, master_key)
    try:
        keys.require_openable()
        _take_edition(database, settings.time_zone)
        channels = channels or set_up(installed(settings.limits()))
    except BaseException:
        database.close()
        raise
    verifier, trail = TokenVerifier(keys, clock, EndedTokens(database)), trail_of(database, master_key)
    addresses = address_seal(settings.address_secret)
    server = server_of(database, "people.bylaw", verifier, trail=trail, addresses=addresses)
    needs = replace(_needs(database, settings.time_zone), longest_outsider_days=settings.outsider_days)
    server.wordings = ClauseWordings(partial(wordings_on_record, database), needs.today)
    means = sign_in_needs(needs, keys, check or PasswordCheck(), settings)
    _add_calls(server, means, keys, master_key=master_key)
    runner = _runner(database, keys, settings)
    runner.timers += (
        *notice_timers(needs, channels),
        *duty_timers(needs, official_day),
        *decision_timers(database, needs),
    )
    runner.functions = {**runner.functions, **notice_jobs(needs, channels)}
    server.measure("bylaw.plugin.losses", channels.losses, total=True)
    return Service("people", server, database, runner, on_close=[channels.close])


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
    known = permissions()
    zone, store = ZoneInfo(time_zone), Store(database)
    return Needs(store, database.clock, zone, roles(known.known), known, knows_zone, knows_calendar)


def _take_edition(database: Database, time_zone: str) -> None:
    """A new edition of the rulebook is taken in by whichever process starts with it first."""
    take_edition(Store(database), shipped_book(), EDITION, today=_needs(database, time_zone).today())


def _add_calls(server: Server, means: SignInNeeds, keys: SigningKeys, *, master_key: str) -> None:
    needs, tokens = means.needs, PageTokens(derived_key(master_key, "page-tokens"))
    database = keys.database
    add_sign_in(server, means, keys, tokens)
    calls = (
        (organisation_pb2, "Organisation", OrganisationRpc(needs, tokens)),
        (staff_pb2, "Staff", StaffRpc(needs, tokens)),
        (service_records_pb2, "ServiceRecords", ServiceRecordsRpc(needs)),
        (access_pb2, "Access", AccessRpc(needs, tokens)),
        (access_review_pb2, "AccessReview", AccessReviewRpc(needs, tokens, known_calls())),
        (outsiders_pb2, "Outsiders", OutsidersRpc(needs, tokens)),
        (rulebook_pb2, "Rulebook", RulebookRpc(needs, shipped_book(), tokens)),
        (notices_pb2, "Notices", NoticesRpc(needs, tokens)),
        (duties_pb2, "Duties", DutiesRpc(needs, tokens, official_day)),
        (decisions_pb2, "Decisions", DecisionsRpc(needs, tokens, server.verifier)),
        (feed_pb2, "Feed", FeedRpc(database, feed_pb2.Event, feed_pb2.ListEventsResponse)),
        (audit_pb2, "Audit", audit_calls(AUDIT, database, tokens=tokens, master_key=master_key)),
    )
    for file, name, servicer in calls:
        server.add(file.DESCRIPTOR.services_by_name[name], servicer)


def _runner(database: Database, keys: SigningKeys, settings: PeopleSettings) -> Runner:
    kept = chassis_timers(
        database,
        request_key_hours=settings.request_key_hours,
        feed_days=settings.feed_days,
        head_key=HeadKey(settings.master_key.get_secret_value()),
    )
    return Runner(database, {}, (*sign_in_timers(database, keys), *kept))
