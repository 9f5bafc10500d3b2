"""Builds the attendance service: the only file that knows all the others."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import grpc
from bylaw.attendance.v1 import feed_pb2, policies_pb2, punches_pb2, sheets_pb2
from bylaw_chassis.clock import Clock, system_clock
from bylaw_chassis.database import Database
from bylaw_chassis.ended_tokens import EndedTokens
from bylaw_chassis.feed_rpc import FeedRpc
from bylaw_chassis.identity import service_secret
from bylaw_chassis.jobs import Lease, Runner, Timer
from bylaw_chassis.keys import derived_key
from bylaw_chassis.migrate import Migrations
from bylaw_chassis.neighbours import Neighbours
from bylaw_chassis.paging import PageTokens
from bylaw_chassis.published_keys import PublishedKeys, ServiceToken
from bylaw_chassis.retention import chassis_timers
from bylaw_chassis.server import Server
from bylaw_chassis.serving import Service
from bylaw_chassis.settings import ServiceSettings
from bylaw_chassis.tokens import TokenVerifier
from bylaw_hooks import Registered
from pydantic import Field

from bylaw_attendance import calendars, policies
from bylaw_attendance.neighbours import PeopleFeedOverGrpc
from bylaw_attendance.policies import Policies
from bylaw_attendance.rpc.clocks import ClockCalls
from bylaw_attendance.rpc.imports import ImportCalls
from bylaw_attendance.rpc.policies import PolicyCalls
from bylaw_attendance.rpc.punches import PunchCalls
from bylaw_attendance.rpc.sheets import SheetCalls
from bylaw_attendance.store import assignments, bulk, clocks, imports, organisation, punches, sheets
from bylaw_attendance.use_cases.assign_pattern import AssignPattern, ListPolicies
from bylaw_attendance.use_cases.end_import import FailParkedImports
from bylaw_attendance.use_cases.finding import Finding
from bylaw_attendance.use_cases.follow_organisation import FollowOrganisation
from bylaw_attendance.use_cases.hand_in_import import JOB, HandInImport, ShowImport
from bylaw_attendance.use_cases.keep_clocks import KeepClocks
from bylaw_attendance.use_cases.list_punches import ListPunches
from bylaw_attendance.use_cases.load_month import LoadMonth
from bylaw_attendance.use_cases.record_punches import RecordPunches
from bylaw_attendance.use_cases.run_import import RunImport
from bylaw_attendance.use_cases.show_sheets import ShowSheets

NAME = "attendance"
PEOPLE = "people"
FOLLOW_SECONDS, PARKED_SECONDS = 1.0, 5.0
MIGRATIONS = Migrations(
    NAME, Path(__file__).parent / "store" / "migrations", ("punches", "plans", "refused_lines", "repeated_lines")
)


class AttendanceSettings(ServiceSettings):
    """What the service is told; `people_address` counts only where people is another process."""

    people_address: str = Field("people:50051", description="Where people answers gRPC.")


class Together:
    """The calls of several objects as one servicer."""

    def __init__(self, *parts: object) -> None:
        self._parts = parts

    def __getattr__(self, name: str) -> Any:
        for part in self._parts:
            if hasattr(part, name):
                return getattr(part, name)
        raise AttributeError(name)


@dataclass(frozen=True, slots=True)
class _Building:
    """What every part of the service is built from."""

    database: Database
    follow: FollowOrganisation
    finding: Finding
    book: Policies
    tokens: PageTokens

    def punch_calls(self) -> Together:
        record = RecordPunches(self.database, self.finding, organisation, punches)
        return Together(
            PunchCalls(record, ListPunches(self.database, self.finding, punches), self.tokens),
            ImportCalls(
                HandInImport(self.database, self.finding, imports), ShowImport(self.database, imports), self.tokens
            ),
            ClockCalls(KeepClocks(self.database, self.finding, clocks)),
        )

    def policy_calls(self) -> PolicyCalls:
        assign = AssignPattern(self.database, self.finding, assignments, self.book)
        return PolicyCalls(assign, ListPolicies(self.database, assignments, self.book), self.tokens)

    def sheet_calls(self) -> SheetCalls:
        load = LoadMonth(self.database, organisation, assignments, clocks, punches, sheets)
        shown = ShowSheets(
            self.database, self.finding, self.follow, organisation, sheets, load, self.book, calendars.official_days
        )
        return SheetCalls(shown, self.tokens)

    def runner(self, settings: AttendanceSettings) -> Runner:
        run = RunImport(self.database, self.follow, organisation, imports, bulk, clocks)
        hours, days = settings.request_key_hours, settings.feed_days
        kept = chassis_timers(self.database, request_key_hours=hours, feed_days=days)
        fail = FailParkedImports(self.database, imports)
        ours = (Timer("organisation", FOLLOW_SECONDS, self._follow), Timer("parked-imports", PARKED_SECONDS, fail))
        return Runner(self.database, {JOB: run}, (*ours, *kept))

    def _follow(self, lease: Lease) -> None:  # noqa: ARG002
        self.follow.catch_up()


def build(
    settings: AttendanceSettings,
    *,
    channels: Mapping[str, grpc.Channel],
    clock: Clock = system_clock,
    plugins: Mapping[str, Registered] | None = None,
) -> Service:
    """The service over its database and its neighbours.

    `channels["people"]` reaches people, in this process or another; `plugins` default to those installed. Raises
    PluginRefused where one of them may not take part, naming its distribution.
    """
    book = Policies(policies.installed() if plugins is None else plugins)
    database = Database(settings.database_url.get_secret_value(), NAME, clock, settings.threads)
    building = _building(settings, database, channels, book=book)
    server = Server(f"{NAME}.bylaw", TokenVerifier(PublishedKeys(channels[PEOPLE]), clock, EndedTokens(database)))
    add = partial(_add, server)
    add(punches_pb2, "Punches", building.punch_calls())
    add(policies_pb2, "Policies", building.policy_calls())
    add(sheets_pb2, "Sheets", building.sheet_calls())
    add(feed_pb2, "Feed", FeedRpc(database, feed_pb2.Event, feed_pb2.ListEventsResponse))
    return Service(NAME, server, database, building.runner(settings))


def _add(server: Server, module: Any, service: str, servicer: object) -> None:
    server.add(module.DESCRIPTOR.services_by_name[service], servicer)


def _building(
    settings: AttendanceSettings, database: Database, channels: Mapping[str, grpc.Channel], *, book: Policies
) -> _Building:
    master_key = settings.master_key.get_secret_value()
    token = ServiceToken(channels[PEOPLE], NAME, service_secret(master_key))
    feed = PeopleFeedOverGrpc(Neighbours(channels, token))
    follow = FollowOrganisation(database, feed, organisation)
    tokens = PageTokens(derived_key(master_key, "attendance-page-tokens"))
    return _Building(database, follow, Finding(database, organisation, follow), book, tokens)
