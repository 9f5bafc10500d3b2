"""Notices and duties of a people service under test: stubs, and short forms of the calls."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from bylaw.people.v1 import duties_pb2, duties_pb2_grpc, notices_pb2, notices_pb2_grpc
from bylaw_chassis.caller import Caller, HeldGrant, Scope
from bylaw_chassis.tokens import mint
from bylaw_people.permissions import known_permissions
from bylaw_people.rules.access.roles import SERVICE

from tests.builders.people import PeopleService, text

Token = tuple[tuple[str, str], ...]


@dataclass
class Office:
    """Calls on notices and duties, each as the caller whose metadata is handed over."""

    people: PeopleService
    notices: notices_pb2_grpc.NoticesStub = field(init=False)
    duties: duties_pb2_grpc.DutiesStub = field(init=False)

    def __post_init__(self) -> None:
        self.notices = notices_pb2_grpc.NoticesStub(self.people.channel)
        self.duties = duties_pb2_grpc.DutiesStub(self.people.channel)

    def later(self, **span: float) -> None:
        """Lets time pass; the administrator signs in again."""
        self.people.clock.pass_time(**span)
        everything = HeldGrant(Scope.COMPANY, None, known_permissions())
        self.people.everything = self.people.as_caller(everything)

    def send(self, token: Token, title: str = "停电通知", **more: Any) -> notices_pb2.Notice:
        """Sends a notice; `to` names its addressees."""
        notice = notices_pb2.Notice(title=text(title), body=text(f"{title}。"), **more)
        return self.notices.SendNotice(notices_pb2.SendNoticeRequest(notice=notice), metadata=token)

    def feed(self, token: Token, **more: Any) -> notices_pb2.ListNoticesResponse:
        """A page of the caller's feed."""
        return self.notices.ListNotices(notices_pb2.ListNoticesRequest(**more), metadata=token)

    def titles(self, token: Token, **more: Any) -> list[str]:
        """The Chinese titles in the caller's feed."""
        return [notice.title.zh for notice in self.feed(token, **more).notices]

    def read(self, token: Token, name: str) -> notices_pb2.Notice:
        """Marks a notice as read."""
        return self.notices.MarkNoticeRead(notices_pb2.MarkNoticeReadRequest(name=name), metadata=token)

    def receipts(self, token: Token, name: str, **more: Any) -> notices_pb2.ListReceiptsResponse:
        """A page of receipts."""
        return self.notices.ListReceipts(notices_pb2.ListReceiptsRequest(parent=name, **more), metadata=token)

    def deliveries(self, token: Token, **more: Any) -> list[notices_pb2.Delivery]:
        """Deliveries that the caller may see."""
        request = notices_pb2.ListDeliveriesRequest(**more)
        return list(self.notices.ListDeliveries(request, metadata=token).deliveries)

    def has_mail(self, person: str, address: str) -> None:
        """Gives somebody an e-mail address on record."""
        statement = sa.text("update people set email = :address where id = :person")
        with self.people.service.database.engine.begin() as connection:
            connection.execute(statement, {"address": address, "person": UUID(person.partition("/")[2])})

    def run_jobs(self, *kinds: str) -> int:
        """Runs the timers of some kinds now, then the jobs of those kinds until none is due; answers how many ran."""
        runner = self.people.service.runner
        runner.write_timers()
        with self.people.service.database.engine.begin() as connection:
            now = sa.text("update jobs set run_at = now() where kind = any(:kinds) and finished_at is null")
            connection.execute(now, {"kinds": list(kinds)})
        count = 0
        while runner.run_one(kinds):
            count += 1
        return count

    def create(self, token: Token, **more: Any) -> duties_pb2.Duty:
        """Creates a duty, daily at 18:00 where nothing else is said."""
        return self.duties.CreateDuty(duties_pb2.CreateDutyRequest(duty=duty(**more)), metadata=token)

    def due(self, token: Token, **more: Any) -> list[duties_pb2.DutyOccurrence]:
        """What is due within the caller's reach."""
        request = duties_pb2.ListDutyOccurrencesRequest(**{"page_size": 1000, **more})
        return list(self.duties.ListDutyOccurrences(request, metadata=token).duty_occurrences)

    def complete(self, token: Token, name: str, **proof: str) -> duties_pb2.DutyOccurrence:
        """Does what is due."""
        request = duties_pb2.CompleteDutyOccurrenceRequest(name=name, proof=duties_pb2.DutyProof(**proof))
        return self.duties.CompleteDutyOccurrence(request, metadata=token)

    def excuse(self, token: Token, name: str, why: str = "停电") -> duties_pb2.DutyOccurrence:
        """Excuses from what is due."""
        request = duties_pb2.ExcuseDutyOccurrenceRequest(name=name, excuse=why)
        return self.duties.ExcuseDutyOccurrence(request, metadata=token)

    def as_service(self, name: str = "inventory") -> Token:
        """Metadata of a service of the suite."""
        key = self.people.keys.current()
        caller = Caller(service=name, grants=(HeldGrant(Scope.COMPANY, None, SERVICE),))
        now = self.people.clock()
        return (
            (
                "authorization",
                f"Bearer {mint(caller, key_id=key.id, key=key.private, now=now, lifetime=timedelta(minutes=15))}",
            ),
        )


def to(**more: Any) -> notices_pb2.NoticeAddressees:
    """Whom a notice is for."""
    return notices_pb2.NoticeAddressees(**more)


def schedule(rhythm: int = duties_pb2.DUTY_RHYTHM_DAILY, **more: Any) -> duties_pb2.DutySchedule:
    """When a duty comes due: daily at 18:00 where nothing else is said."""
    return duties_pb2.DutySchedule(rhythm=rhythm, **{"time": "18:00", **more})


def duty(**more: Any) -> duties_pb2.Duty:
    """A duty as it is asked for."""
    asked = {"title": text("三检查"), "schedule": schedule(), **more}
    return duties_pb2.Duty(**asked)


def at(day: int, hour: int = 4, month: int = 3) -> datetime:
    """An instant of 2026; four o'clock UTC is noon in Shanghai."""
    return datetime(2026, month, day, hour, tzinfo=UTC)
