"""A built attendance service and a stub for each of its services."""

from dataclasses import dataclass, field
from typing import Any

import grpc
from bylaw.attendance.v1 import (
    calendar_pb2_grpc,
    closing_pb2_grpc,
    corrections_pb2_grpc,
    explanations_pb2_grpc,
    exports_pb2_grpc,
    feed_pb2_grpc,
    hours_pb2_grpc,
    leave_pb2_grpc,
    objections_pb2_grpc,
    overtime_pb2_grpc,
    photos_pb2_grpc,
    policies_pb2_grpc,
    punches_pb2_grpc,
    pushing_pb2_grpc,
    replays_pb2_grpc,
    rota_pb2_grpc,
    sheets_pb2_grpc,
)
from bylaw_chassis.local_channel import LocalChannel
from bylaw_chassis.serving import Service

from tests.builders.people import PeopleService


@dataclass
class AttendanceStubs:
    """Who calls says as whom; `filled` is what was made before and needs to be known."""

    service: Service
    people: PeopleService
    url: str
    filled: Any = None
    channel: grpc.Channel = field(init=False)

    def __post_init__(self) -> None:
        self.channel = LocalChannel(self.service.server)
        self.punches = punches_pb2_grpc.PunchesStub(self.channel)
        self.corrections = corrections_pb2_grpc.CorrectionsStub(self.channel)
        self.photos = photos_pb2_grpc.SignInPhotosStub(self.channel)
        self.objections = objections_pb2_grpc.ObjectionsStub(self.channel)
        self.unit_months = closing_pb2_grpc.UnitMonthsStub(self.channel)
        self.closed_sheets = closing_pb2_grpc.ClosedSheetsStub(self.channel)
        self.export_layouts = exports_pb2_grpc.ExportLayoutsStub(self.channel)
        self.policies = policies_pb2_grpc.PoliciesStub(self.channel)
        self.replays = replays_pb2_grpc.ReplaysStub(self.channel)
        self.pushing = pushing_pb2_grpc.PushingClocksStub(self.channel)
        self.rota = rota_pb2_grpc.RotaStub(self.channel)
        self.sheets = sheets_pb2_grpc.SheetsStub(self.channel)
        self.hours = hours_pb2_grpc.HoursStub(self.channel)
        self.overtime = overtime_pb2_grpc.OvertimeStub(self.channel)
        self.leave = leave_pb2_grpc.LeaveStub(self.channel)
        self.calendar = calendar_pb2_grpc.CompanyCalendarStub(self.channel)
        self.explanations = explanations_pb2_grpc.ExplanationsStub(self.channel)
        self.feed = feed_pb2_grpc.FeedStub(self.channel)
