"""Corrections of missed punches as tests ask for them, decide them and read them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import grpc
import pytest
from bylaw.attendance.v1 import corrections_pb2 as corrections
from bylaw.attendance.v1 import feed_pb2, punches_pb2, sheets_pb2
from bylaw_chassis.caller import Scope
from bylaw_chassis.refusals import Refusal
from bylaw_chassis.status import refusal_from
from google.protobuf.timestamp_pb2 import Timestamp

from tests.builders.attendance import AttendanceService, attendance_service
from tests.databases import Databases

IN, OUT = punches_pb2.DIRECTION_IN, punches_pb2.DIRECTION_OUT
WAITING, ACCEPTED, REFUSED, WITHDRAWN, REVOKED = (
    corrections.PUNCH_CORRECTION_STATE_WAITING,
    corrections.PUNCH_CORRECTION_STATE_ACCEPTED,
    corrections.PUNCH_CORRECTION_STATE_REFUSED,
    corrections.PUNCH_CORRECTION_STATE_WITHDRAWN,
    corrections.PUNCH_CORRECTION_STATE_REVOKED,
)


@dataclass
class Shop:
    """Anna and Ben work in the shop, whose head is Heidi; Cleo works in the store. It is noon on 2026-03-02 there."""

    attendance: AttendanceService
    shop: str
    store: str
    anna: str
    ben: str
    heidi: str
    cleo: str

    def oneself(self, person: str) -> Any:
        """Whoever does what is their own."""
        return self.attendance.caller(Scope.SELF, person=person)

    @property
    def head(self) -> Any:
        """The head of the shop."""
        return self.attendance.caller(Scope.SUBTREE, unit=self.shop, person=self.heidi)

    def ask(self, local_time: str, direction: int = IN, *, person: str = "", **more: Any) -> Any:
        """Asks for a correction, Anna's where nobody else is named."""
        key, caller = more.pop("request_id", ""), more.pop("caller", None)
        wish = corrections.PunchCorrection(
            local_time=local_time, direction=direction, **{"reason": "I forgot my card", **more}
        )
        request = corrections.CreatePunchCorrectionRequest(punch_correction=wish, request_id=key)
        asks = caller or self.oneself(person or self.anna)
        return self.attendance.corrections.CreatePunchCorrection(request, metadata=asks)

    def accept(self, name: str, caller: Any = None, **more: Any) -> Any:
        """Accepts a correction, as the head where nobody else is named."""
        request = corrections.AcceptPunchCorrectionRequest(name=name, **more)
        return self.attendance.corrections.AcceptPunchCorrection(request, metadata=caller or self.head)

    def refuse(self, name: str, text: str = "nobody saw you", caller: Any = None, **more: Any) -> Any:
        """Refuses a correction, as the head where nobody else is named."""
        request = corrections.RefusePunchCorrectionRequest(name=name, text=text, **more)
        return self.attendance.corrections.RefusePunchCorrection(request, metadata=caller or self.head)

    def revoke(self, name: str, text: str = "it was another day", caller: Any = None, **more: Any) -> Any:
        """Takes back that one was accepted, as the head where nobody else is named."""
        request = corrections.RevokePunchCorrectionRequest(name=name, text=text, **more)
        return self.attendance.corrections.RevokePunchCorrection(request, metadata=caller or self.head)

    def withdraw(self, name: str, caller: Any = None, **more: Any) -> Any:
        """Withdraws a correction, as Anna where nobody else is named."""
        request = corrections.WithdrawPunchCorrectionRequest(name=name, **more)
        return self.attendance.corrections.WithdrawPunchCorrection(request, metadata=caller or self.oneself(self.anna))

    def get(self, name: str, caller: Any = None) -> Any:
        """A correction."""
        request = corrections.GetPunchCorrectionRequest(name=name)
        return self.attendance.corrections.GetPunchCorrection(request, metadata=caller or self.head)

    def listed(self, caller: Any = None, **more: Any) -> corrections.ListPunchCorrectionsResponse:
        """A page of corrections, as the head is shown them where nobody else is named."""
        request = corrections.ListPunchCorrectionsRequest(**more)
        return self.attendance.corrections.ListPunchCorrections(request, metadata=caller or self.head)

    def names(self, caller: Any = None, **more: Any) -> list[str]:
        """What a page lists, in its order."""
        return [one.name for one in self.listed(caller, **more).punch_corrections]

    def punches(self, person: str = "") -> list[punches_pb2.Punch]:
        """Somebody's punches, Anna's where nobody else is named."""
        request = punches_pb2.ListPunchesRequest(parent=person or self.anna)
        answer = self.attendance.punches.ListPunches(request, metadata=self.attendance.everything)
        return list(answer.punches)

    def told(self) -> list[corrections.PunchCorrectionChanged]:
        """What the feed has told of corrections."""
        request = feed_pb2.ListEventsRequest()
        events = self.attendance.feed.ListEvents(request, metadata=self.attendance.everything).events
        kind = "punch_correction_changed"
        return [event.punch_correction_changed for event in events if event.WhichOneof("change") == kind]

    def clocks_have_reported(self) -> None:
        """The site's clock has sent everything up to now."""
        now = Timestamp()
        now.FromDatetime(self.attendance.clock())
        request = punches_pb2.ReportClockRequest(site="HQ", device="", report_time=now)
        self.attendance.punches.ReportClock(request, metadata=self.attendance.everything)

    def cards(self, day: str, month: str = "2026-02") -> list[sheets_pb2.CardPoint]:
        """The card points of Anna's day."""
        days = {one.work_date: one for one in self.attendance.sheet(self.anna, month).days}
        return [card for half in days[day].halves for card in half.card_points]


@contextmanager
def shop_of(postgres: Databases, **more: Any) -> Iterator[Shop]:
    """The shop and the store, who work a fixed week; `more` are settings of attendance."""
    with attendance_service(postgres, fill=_shop_in, **more) as attendance:
        yield Shop(attendance, *attendance.filled)


def _shop_in(attendance: AttendanceService) -> tuple[str, ...]:
    people = attendance.people
    company, site = people.unit("ACME").name, people.site().name
    shop, store = people.unit("shop", company).name, people.unit("store", company).name
    anna, ben, heidi = (people.person(number, shop, site).name for number in ("A-1", "B-1", "H-1"))
    cleo = people.person("C-1", store, site).name
    people.head(shop, heidi)
    attendance.assign(company, since="2026-01-01")
    return shop, store, anna, ben, heidi, cleo


def refusal(call: Any, *args: Any, **named: Any) -> Refusal:
    """What a call is refused with."""
    with pytest.raises(grpc.RpcError) as error:
        call(*args, **named)
    return refusal_from(error.value)
