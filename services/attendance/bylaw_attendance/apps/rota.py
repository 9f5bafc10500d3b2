"""Puts together what serves the rota, and what an operator may set about it; a part of `app.py`."""

from collections.abc import Mapping

from bylaw.attendance.v1 import rota_pb2, swaps_pb2
from bylaw_chassis.jobs import JobFunction
from bylaw_chassis.member import Member
from bylaw_chassis.notices import telling
from bylaw_chassis.organisation import queries as organisation
from bylaw_chassis.server import Server
from pydantic import BaseModel, Field

from bylaw_attendance import calendars
from bylaw_attendance.ports.records import PatternBook
from bylaw_attendance.rpc.rota import RotaCalls
from bylaw_attendance.rpc.swaps import SwapCalls
from bylaw_attendance.rules.rota.rota_caps import RotaLimits
from bylaw_attendance.store import (
    assignments,
    closed_months,
    day_changes,
    leave_people,
    leave_requests,
    rota,
    rota_swaps,
)
from bylaw_attendance.use_cases.rota.ask_swap import AskSwap, CheckSwap
from bylaw_attendance.use_cases.rota.copy_rota import CopyRota
from bylaw_attendance.use_cases.rota.decide_swap import DecideSwap, ShowSwaps
from bylaw_attendance.use_cases.rota.load_rota import LoadRota
from bylaw_attendance.use_cases.rota.publish_rota import ListRota, PublishRota
from bylaw_attendance.use_cases.rota.put_rota import PutRota
from bylaw_attendance.use_cases.sheets.finding import Finding

_LIMITS = RotaLimits()


class RotaSettings(BaseModel):
    """The caps on a rota (HRS-7), and the floating day (HRS-1)."""

    rota_weekly_rest_days: int = Field(
        _LIMITS.weekly_rest_days, ge=0, le=3, description="Days off that the rota leaves each week at least; 0: no cap."
    )
    rota_weekly_hours: int = Field(
        _LIMITS.weekly_hours,
        ge=1,
        le=168,
        description="Hours a week, as a monthly average, beyond which a rota is refused; 168: no cap.",
    )
    rota_gap_hours: int = Field(
        _LIMITS.gap_hours, ge=0, le=24, description="Hours that a rota leaves between two shifts at least; 0: no cap."
    )
    floating_days_a_month: int = Field(
        _LIMITS.floating_days, ge=0, le=5, description="Floating days that the rota may give somebody in a month."
    )
    floating_kept_months: int = Field(
        _LIMITS.floating_kept_months,
        ge=0,
        le=12,
        description="Months more for which a floating day that was not taken is kept; 0: it lapses with its month.",
    )

    rota_notice_days: int = Field(
        _LIMITS.notice_days,
        ge=0,
        le=62,
        description="Days ahead that a rota is given notice of; what changes later is marked, and people are told.",
    )

    @property
    def rota_limits(self) -> RotaLimits:
        """The caps."""
        return RotaLimits(
            self.rota_weekly_rest_days,
            self.rota_weekly_hours,
            self.rota_gap_hours,
            self.floating_days_a_month,
            self.floating_kept_months,
            self.rota_notice_days,
        )


def add_rota(server: Server, own: Member, finding: Finding, book: PatternBook, limits: RotaLimits) -> None:
    """Adds the calls about the rota."""
    database, official = own.database, calendars.official_days
    loader = LoadRota(
        database, organisation, rota, assignments, day_changes, leave_requests, limits.floating_kept_months
    )
    putting = PutRota(finding, rota, loader, book, official, closed_months, limits, leave_people)
    publish = PublishRota(database, finding, organisation, putting)
    copy, shown = CopyRota(database, rota, publish), ListRota(database, finding, organisation, rota)
    server.add(rota_pb2.DESCRIPTOR.services_by_name["Rota"], RotaCalls(publish, copy, shown, own.page_tokens))
    server.add(swaps_pb2.DESCRIPTOR.services_by_name["RotaSwaps"], _swap_calls(own, finding, putting))


def _swap_calls(own: Member, finding: Finding, putting: PutRota) -> SwapCalls:
    database, check = own.database, CheckSwap(finding, putting)
    shown = ShowSwaps(database, finding, rota_swaps)
    ask, decide = AskSwap(database, finding, rota_swaps, check), DecideSwap(database, shown, rota_swaps, check)
    return SwapCalls(ask, decide, shown, own.page_tokens)


def rota_jobs(own: Member) -> Mapping[str, JobFunction]:
    """What is done about the rota behind its calls."""
    return telling(own)
