"""Builds the attendance service: the only file that knows all the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import grpc
from bylaw.attendance.v1 import (
    audit_pb2,
    corrections_pb2,
    explanations_pb2,
    facts_pb2,
    feed_pb2,
    hours_pb2,
    policies_pb2,
    punches_pb2,
    replays_pb2,
    sheets_pb2,
)
from bylaw_chassis.clock import Clock, system_clock
from bylaw_chassis.database import Database
from bylaw_chassis.decisions.line import DecisionLine
from bylaw_chassis.feed_rpc import FeedRpc
from bylaw_chassis.jobs import Timer
from bylaw_chassis.member import Member, member
from bylaw_chassis.migrate import Migrations
from bylaw_chassis.organisation import queries as organisation
from bylaw_chassis.server import Server
from bylaw_chassis.serving import Service
from bylaw_chassis.settings import ServiceSettings
from bylaw_plugin_host.settings import JudgingSettings
from bylaw_plugin_host.starting import start
from pydantic import Field

from bylaw_attendance import calendars
from bylaw_attendance.apps.calendar import add_calendar
from bylaw_attendance.apps.clocks import add_clocks
from bylaw_attendance.apps.closing import Closing, ClosingSettings
from bylaw_attendance.apps.decisions import decision_ends
from bylaw_attendance.apps.exports import add_closing
from bylaw_attendance.apps.imports import import_calls
from bylaw_attendance.apps.leave import LeaveParts, add_leave
from bylaw_attendance.apps.leave_policies import TOLD_OF_SERVICE, add_leave_policies
from bylaw_attendance.apps.overtime import OvertimeSettings, add_overtime, counting_overtime, overtime_days
from bylaw_attendance.apps.photos import PhotoSettings, add_photos, clock_photos
from bylaw_attendance.apps.policies import policy_calls
from bylaw_attendance.apps.rota import RotaSettings, add_rota, rota_jobs
from bylaw_attendance.apps.together import Together
from bylaw_attendance.policies import Plugins, Policies, in_rulebook
from bylaw_attendance.rpc.clause_use import ClauseUseCalls
from bylaw_attendance.rpc.clocks import ClockCalls
from bylaw_attendance.rpc.corrections import CorrectionCalls
from bylaw_attendance.rpc.explanations import ExplanationCalls
from bylaw_attendance.rpc.facts import FactCalls
from bylaw_attendance.rpc.hours import HoursCalls
from bylaw_attendance.rpc.policies import PolicyCalls
from bylaw_attendance.rpc.punches import PunchCalls
from bylaw_attendance.rpc.replays import ReplayCalls
from bylaw_attendance.rpc.sheets import SheetCalls
from bylaw_attendance.rules.closing.correction import CorrectionLimits
from bylaw_attendance.rules.rota.rota_caps import RotaLimits
from bylaw_attendance.store import (
    assignments,
    bulk,
    clause_use,
    clocks,
    closed_months,
    corrections,
    day_changes,
    hours_notices,
    imports,
    leave_requests,
    overtime,
    policy_health,
    punches,
    replays,
    rota,
    sheets,
    struck_punches,
)
from bylaw_attendance.use_cases.calendar.publish_hours import PublishHours, ShowHours
from bylaw_attendance.use_cases.clocks.keep_clocks import KeepClocks
from bylaw_attendance.use_cases.closing.ask_correction import AskCorrection
from bylaw_attendance.use_cases.closing.decide_correction import DecideCorrection, ShowCorrections
from bylaw_attendance.use_cases.explaining.explain_asked import ExplainAsked
from bylaw_attendance.use_cases.explaining.explain_day import ExplainDay
from bylaw_attendance.use_cases.leave.measure_leave import JOB as MEASURE
from bylaw_attendance.use_cases.policies.count_clauses import CountClauses
from bylaw_attendance.use_cases.policies.run_replay import FailParkedReplays, RunReplay
from bylaw_attendance.use_cases.policies.show_replay import ForgetReplays, ShowReplay
from bylaw_attendance.use_cases.policies.start_replay import JOB as REPLAY
from bylaw_attendance.use_cases.policies.start_replay import MOST_AT_A_TIME, StartReplay
from bylaw_attendance.use_cases.punches.end_import import FailParkedImports
from bylaw_attendance.use_cases.punches.hand_in_import import JOB
from bylaw_attendance.use_cases.punches.list_punches import ListPunches
from bylaw_attendance.use_cases.punches.record_punches import RecordPunches
from bylaw_attendance.use_cases.punches.run_import import RunImport
from bylaw_attendance.use_cases.sheets.day_subjects import DaySubjects
from bylaw_attendance.use_cases.sheets.finding import Finding
from bylaw_attendance.use_cases.sheets.load_month import LoadMonth
from bylaw_attendance.use_cases.sheets.show_facts import ShowFacts
from bylaw_attendance.use_cases.sheets.show_health import ShowHealth
from bylaw_attendance.use_cases.sheets.show_sheets import ShowSheets

NAME, POLICIES, LEAVE_POLICIES = "attendance", "policies", "leave-policies"
EXPORT_LAYOUTS = "export-layouts"
PARKED_SECONDS, HOUR_SECONDS = 5.0, 3_600.0
MIGRATIONS = Migrations(
    NAME,
    Path(__file__).parent / "store" / "migrations",
    (
        *("punches", "plans", "refused_lines", "repeated_lines", "closed_sheets", "struck_punches", "leave_ledger"),
        *("import_revocations", "import_clocks"),
    ),
)


class AttendanceSettings(
    ServiceSettings, JudgingSettings, RotaSettings, ClosingSettings, PhotoSettings, OvertimeSettings
):
    """What the service is told; `people_address` counts only where people is another process."""

    people_address: str = Field("people:50051", description="Where people answers gRPC.")
    replay_days: int = Field(30, ge=1, description="Days after their start for which replays are kept.")
    replay_limit: int = Field(
        MOST_AT_A_TIME, ge=1, description="Replays that a caller may have waiting or running at a time."
    )
    corrections_a_month: int = Field(
        3, ge=0, le=62, description="Corrections of missed punches that a person's month takes; 0: none."
    )
    correction_days: int = Field(31, ge=1, le=366, description="Days back to which a missed punch can be corrected.")

    @property
    def correction_limits(self) -> CorrectionLimits:
        """How many corrections a month takes of a person, and how far back one may reach."""
        return CorrectionLimits(self.corrections_a_month, self.correction_days)


@dataclass(frozen=True, slots=True)
class _Building:
    """What every part of the service is built from."""

    own: Member
    line: DecisionLine
    finding: Finding
    book: Policies
    replay_days: int
    replay_limit: int
    correction_limits: CorrectionLimits
    rota_limits: RotaLimits
    deadlines_roll: bool

    @property
    def database(self) -> Database:
        return self.own.database

    def punch_calls(self) -> Together:
        database, tokens = self.database, self.own.page_tokens
        record = RecordPunches(database, self.finding, organisation, punches)
        return Together(
            PunchCalls(record, ListPunches(database, self.finding, punches, struck_punches), tokens),
            import_calls(self.own, self.finding),
            ClockCalls(KeepClocks(database, self.finding, clocks)),
        )

    def correction_calls(self) -> CorrectionCalls:
        database, shown = self.database, ShowCorrections(self.database, self.finding, corrections)
        ask = AskCorrection(database, self.finding, organisation, corrections, self.correction_limits, closed_months)
        decide = DecideCorrection(database, shown, corrections, punches, struck_punches, closed_months)
        return CorrectionCalls(ask, decide, shown, self.own.page_tokens)

    def policy_calls(self) -> PolicyCalls:
        health, replays = self.health(), self.shown_replays()
        return policy_calls(self.own, self.finding, self.book, health=health, replays=replays, limits=self.rota_limits)

    def health(self) -> ShowHealth:
        return ShowHealth(self.database, self.finding, policy_health, self.book)

    def shown_replays(self) -> ShowReplay:
        return ShowReplay(self.database, organisation, replays, self.replay_days)

    def replay_calls(self) -> ReplayCalls:
        start = StartReplay(
            self.database, self.finding, organisation, replays, assignments, self.book, self.replay_limit
        )
        return ReplayCalls(start, self.shown_replays(), self.own.page_tokens)

    def month(self) -> LoadMonth:
        database, changes = self.database, day_changes
        stores = (organisation, assignments, clocks, punches, sheets, rota, policy_health, changes)
        return LoadMonth(database, *stores, self.deadlines_roll)

    def hours_calls(self) -> HoursCalls:
        subjects = DaySubjects(self.database, self.finding, organisation, closed_months)
        publish = PublishHours(self.database, subjects, hours_notices)
        return HoursCalls(publish, ShowHours(self.database, hours_notices), self.own.page_tokens)

    def shown_sheets(self) -> ShowSheets:
        database, finding, official = self.database, self.finding, calendars.official_days
        return ShowSheets(
            database, finding, organisation, sheets, corrections, policy_health, self.month(), self.book, official
        )

    def sheet_calls(self) -> SheetCalls:
        return SheetCalls(self.shown_sheets(), counting_overtime(self.leave()), self.own.page_tokens, self.own.wordings)

    def explanation_calls(self) -> ExplanationCalls:
        database, finding, official = self.database, self.finding, calendars.official_days
        asked = ExplainAsked(overtime, leave_requests, overtime_days(self.leave()))
        explain = ExplainDay(
            database, finding, organisation, punches, clocks, corrections, self.month(), self.book, official, asked
        )
        return ExplanationCalls(explain, self.own.wordings)

    def fact_calls(self) -> FactCalls:
        official = calendars.official_days
        shown = ShowFacts(self.database, self.finding, organisation, self.month(), self.book, official)
        return FactCalls(shown, self.own.page_tokens)

    def clause_use_calls(self, time_zone: str) -> ClauseUseCalls:
        count = CountClauses(self.database, self.finding, clause_use, time_zone)
        return ClauseUseCalls(count, self.own.page_tokens)

    def leave(self) -> LeaveParts:
        return LeaveParts(self.own, self.finding, self.month(), self.book, self.rota_limits)

    def hosted(self, server: Server, timers: Sequence[Timer]) -> Service:
        run = RunImport(self.database, self.own.follower, organisation, imports, bulk, clocks)
        official = calendars.official_days
        replay = RunReplay(self.database, organisation, sheets, replays, self.month(), self.book, official)
        own = (
            *timers,
            self.line.timer(self.database),
            Timer("parked-imports", PARKED_SECONDS, FailParkedImports(self.database, imports)),
            Timer("parked-replays", PARKED_SECONDS, FailParkedReplays(self.database, replays)),
            Timer("forget-replays", HOUR_SECONDS, ForgetReplays(self.database, replays, self.replay_days)),
        )
        service = self.own.hosted(
            server, jobs={JOB: run, REPLAY: replay, **rota_jobs(self.own), MEASURE: self.leave().measure}, timers=own
        )
        service.on_close.append(self.book.close)
        health = self.health()
        service.details = {**service.details, POLICIES: health.is_well}
        server.measure("bylaw.policy.faults", health.counted)
        server.measure("bylaw.plugin.losses", self.book.losses, total=True)
        return service


def build(
    settings: AttendanceSettings,
    *,
    channels: Mapping[str, grpc.Channel],
    clock: Clock = system_clock,
    plugins: Plugins | None = None,
) -> Service:
    """The service over its database and its neighbours.

    `channels["people"]` reaches people, in this process or another; `plugins` default to those installed, within the
    limits that are set. Raises
    PluginRefused where one of them may not take part, naming its distribution. Closing it ends their processes.
    """
    line = DecisionLine(NAME, decision_ends())
    own = member(NAME, settings, channels, clock=clock, handlers={**line.hearers(), **TOLD_OF_SERVICE})
    plugins = plugins or partial(start, limits=settings.limits())
    book = Policies(plugins(in_rulebook(own.wordings)))
    kept, at_a_time = settings.replay_days, settings.replay_limit
    limits = settings.correction_limits, settings.rota_limits, settings.deadlines_roll
    finding, server = Finding(own.organisation), own.server()
    building = _Building(own, line, finding, book, kept, at_a_time, *limits)
    add = partial(_add, server)
    add(punches_pb2, "Punches", building.punch_calls())
    add_clocks(server, own, finding, clock_photos(own, settings))
    add_calendar(server, own, finding)
    add(corrections_pb2, "Corrections", building.correction_calls())
    add(policies_pb2, "Policies", building.policy_calls())
    leave_policies = add_leave_policies(server, own, finding, book=book)
    add(replays_pb2, "Replays", building.replay_calls())
    add(hours_pb2, "Hours", building.hours_calls())
    add_rota(server, own, finding, book, settings.rota_limits)
    add(sheets_pb2, "Sheets", Together(building.sheet_calls(), building.clause_use_calls(settings.time_zone)))
    closing = Closing(own, building.shown_sheets(), book, building.leave().consider, settings)
    layouts = add_closing(server, closing, building.leave())
    add(explanations_pb2, "Explanations", building.explanation_calls())
    add(facts_pb2, "Facts", building.fact_calls())
    add(audit_pb2, "Audit", own.audit_calls(audit_pb2.DESCRIPTOR.services_by_name["Audit"]))
    add(feed_pb2, "Feed", FeedRpc(own.database, feed_pb2.Event, feed_pb2.ListEventsResponse))
    purging = add_photos(server, own, finding, settings)
    leave, caps = building.leave(), (settings.overtime_limits, settings.rota_limits)
    overtime = add_overtime(server, leave, caps, settings.overtime_time_off)
    service = building.hosted(server, (*add_leave(server, leave), *overtime, *closing.timers(), *purging))
    service.details = {**service.details, LEAVE_POLICIES: leave_policies.is_well, EXPORT_LAYOUTS: layouts.is_well}
    return service


def _add(server: Server, module: Any, service: str, servicer: object) -> None:
    server.add(module.DESCRIPTOR.services_by_name[service], servicer)
