"""A unit of work over the organisation, and a read of it: the repositories of one transaction."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from bylaw_chassis.caller import Caller
from bylaw_chassis.database import Database, Fact, Work
from bylaw_chassis.ended_tokens import end_tokens

from bylaw_people.events import access_changed, session_ended
from bylaw_people.store.access_changes import AccessChanges
from bylaw_people.store.changes import Changes
from bylaw_people.store.decision_posts import PostsOfDay
from bylaw_people.store.decision_processes import Processes
from bylaw_people.store.decision_times import DecisionTimes
from bylaw_people.store.decisions import Decisions
from bylaw_people.store.delegations import Delegations
from bylaw_people.store.deliveries import Deliveries
from bylaw_people.store.duties import Duties
from bylaw_people.store.grants import Grants
from bylaw_people.store.holdings import Holdings
from bylaw_people.store.notice_preferences import NoticePreferences
from bylaw_people.store.notices import Notices
from bylaw_people.store.occurrences import Occurrences
from bylaw_people.store.outsiders import Outsiders
from bylaw_people.store.people import People
from bylaw_people.store.positions import Positions
from bylaw_people.store.qualifications import Qualifications
from bylaw_people.store.receipts import Receipts
from bylaw_people.store.roles import Roles
from bylaw_people.store.rows import Stamp
from bylaw_people.store.rulebook import Rulebook
from bylaw_people.store.service_records import ServiceRecords
from bylaw_people.store.sign_in.access_tokens import AccessTokens
from bylaw_people.store.sign_in.accounts import Accounts, ServiceAccounts
from bylaw_people.store.sign_in.attempts import Attempts
from bylaw_people.store.sign_in.identities import Identities
from bylaw_people.store.sign_in.passwords import Passwords
from bylaw_people.store.sign_in.second_factors import SecondFactors
from bylaw_people.store.sign_in.sessions import Sessions
from bylaw_people.store.signing_keys import KeyRing
from bylaw_people.store.sites import Sites
from bylaw_people.store.units import Units


class Records:
    """What one transaction sees and may change; `publish` tells others in the same commit."""

    def __init__(self, connection: sa.Connection, stamp: Stamp, work: Work | None = None) -> None:
        self.now = stamp.now
        self._work = work
        self._connection = connection
        self.units = Units(connection, stamp)
        self.positions = Positions(connection, stamp)
        self.sites = Sites(connection, stamp)
        self.people = People(connection, stamp)
        self.qualifications = Qualifications(connection, stamp)
        self.service_records = ServiceRecords(connection, stamp)
        self.changes = Changes(connection)
        self.grants = Grants(connection, stamp)
        self.holdings = Holdings(connection)
        self.roles = Roles(connection, stamp)
        self.outsiders = Outsiders(connection, stamp)
        self.access_changes = AccessChanges(connection)
        self.passwords = Passwords(connection, stamp)
        self.attempts = Attempts(connection, stamp)
        self.sessions = Sessions(connection, stamp)
        self.second_factors = SecondFactors(connection, stamp)
        self.access_tokens = AccessTokens(connection, stamp)
        self.service_accounts = ServiceAccounts(connection, stamp)
        self.accounts = Accounts(connection, stamp)
        self.identities = Identities(connection, stamp)
        self.signing_keys = KeyRing(connection, stamp)
        self.notices = Notices(connection, stamp)
        self.duties = Duties(connection, stamp)
        self.occurrences = Occurrences(connection, stamp)
        self.receipts = Receipts(connection, stamp)
        self.deliveries = Deliveries(connection, stamp)
        self.notice_preferences = NoticePreferences(connection)
        self.rulebook = Rulebook(connection, stamp)
        self.decisions = Decisions(connection, stamp)
        self.decision_times = DecisionTimes(connection, stamp)
        self.processes = Processes(connection, stamp)
        self.posts = PostsOfDay(connection)
        self.delegations = Delegations(connection, stamp)

    def renew_access(self, people: Collection[UUID]) -> None:
        """What these people may do has changed: tokens made before count no more, here and in every service.

        Nor do those of the programs for which they answer, which act no longer than they do.
        """
        revisions = self.people.next_access_revisions({*people, *self.service_accounts.owned_by(people)})
        end_tokens(self._connection, revisions)
        self.publish(*(access_changed(person, revision) for person, revision in revisions.items()))

    def end_sessions(self, sessions: Collection[UUID]) -> None:
        """Tokens of these sessions count no more, here and in every service."""
        end_tokens(self._connection, dict.fromkeys(sessions))
        self.publish(*(session_ended(session) for session in sorted(sessions)))

    def publish(self, *facts: Fact) -> None:
        """Tells others, once the work commits."""
        if self._work is None:
            raise TypeError("a read publishes nothing")
        self._work.publish(*facts)


@dataclass(frozen=True, slots=True)
class Store:
    """The organisation in PostgreSQL."""

    database: Database

    @contextmanager
    def work(self, caller: Caller) -> Iterator[Records]:
        """A unit of work of a caller: committed at its end, or with the call's answer where it has a key."""
        with self.database.work() as work:
            work.act_as(caller)
            yield Records(work.connection, Stamp(work.now, caller.person), work)

    @contextmanager
    def read(self) -> Iterator[Records]:
        """A read of one snapshot."""
        with self.database.read() as connection:
            yield Records(connection, Stamp(self.database.clock(), None))
