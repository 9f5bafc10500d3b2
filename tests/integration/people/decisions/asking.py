"""A tiny service that asks for leave and books it once it is agreed; run as a program, it dies in the midst of that."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from bylaw.people.v1 import decisions_pb2 as messages
from bylaw_chassis.call import in_call, new_call
from bylaw_chassis.clock import system_clock
from bylaw_chassis.database import Database, Work
from bylaw_chassis.member import Member, member
from bylaw_chassis.migrate import Migrations, migrate
from bylaw_chassis.outcomes import Outcome, Outcomes
from bylaw_chassis.settings import ServiceSettings
from sqlalchemy import make_url

from tests.builders.decisions import Department, days
from tests.builders.people import MASTER_KEY, ROLE_PASSWORD
from tests.databases import Databases

NAME = "attendance"
MIGRATIONS = Migrations(NAME, Path(__file__).parent / "asking_versions")
granted = sa.Table("granted", sa.MetaData(), sa.Column("subject", sa.Text), sa.Column("decision", sa.Uuid))


def book(work: Work, outcome: Outcome) -> None:
    """Books what was agreed."""
    if outcome.agreed:
        rows = [{"subject": subject, "decision": outcome.decision} for subject in outcome.subjects]
        work.connection.execute(granted.insert(), rows)


def book_and_die(work: Work, outcome: Outcome) -> None:
    """Books, and is gone before the commit."""
    book(work, outcome)
    os._exit(9)


@dataclass
class Asker:
    """The service beside people."""

    acme: Department
    own: Member
    url: str
    outcomes: Outcomes = field(default_factory=lambda: Outcomes(NAME, {"leave": book}))

    def ask(self, who: str, number: str = "1", subject: str = "leaveRequests/1") -> messages.Decision:
        """Asks for somebody's leave inside their call."""
        decision = messages.Decision(kind="leave", subjects=[subject], quantity=days(number))
        return self.send(who, messages.CreateDecisionRequest(decision=decision))

    def send(self, who: str, request: Any) -> messages.Decision:
        """Sends a request for somebody."""
        stub = self.acme.stub
        call = stub.CreateDecision if isinstance(request, messages.CreateDecisionRequest) else stub.ResubmitDecision
        with in_call(new_call("/attendance/Ask", dict(self.acme.token(who)), 30)):
            return self.own.neighbours.ask(call, request, as_itself_too=True)

    def learn(self) -> int:
        """Follows people's feed to its end, and makes what effects are due."""
        self.own.follower.catch_up()
        return self.outcomes.apply(self.own.database)

    def booked(self) -> list[str]:
        """Every booking ever made."""
        with self.own.database.read() as connection:
            return list(connection.execute(sa.select(granted.c.subject).order_by(granted.c.subject)).scalars())


@contextmanager
def asker(acme: Department, databases: Databases) -> Iterator[Asker]:
    """The service on a database of its own."""
    admin = databases.prepared("asking", lambda url: migrate(url, MIGRATIONS, password=ROLE_PASSWORD))
    address = make_url(admin).set(username=f"bylaw_{NAME}", password=ROLE_PASSWORD)
    url = address.render_as_string(hide_password=False)
    outcomes = Outcomes(NAME, {"leave": book})
    settings = ServiceSettings(database_url=url, master_key=MASTER_KEY)
    channels = {"people": acme.service.channel}
    handlers = {"decision_changed": outcomes.handler()}
    own = member(NAME, settings, channels, clock=acme.service.clock, handlers=handlers)
    try:
        yield Asker(acme, own, url, outcomes)
    finally:
        own.database.close()
        databases.drop(admin)


if __name__ == "__main__":
    Outcomes(NAME, {"leave": book_and_die}).apply(Database(sys.argv[1], NAME, system_clock))
