"""Tells people something by a notice: a job, so that it is done whatever becomes of the call, and done once.

A use case says what in the unit of work of what it tells of, and a service has the job done::

    have_told(work, NoticeWish((), title, body, about=made.name, role=SHOP_MANAGER))
    return own.hosted(server, jobs=telling(own))
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

import grpc
from bylaw.people.v1 import notices_pb2, notices_pb2_grpc
from bylaw.types.v1.localized_text_pb2 import LocalizedText

from bylaw_chassis.database import Work
from bylaw_chassis.jobs import JobFunction, Lease, NotNow, enqueue
from bylaw_chassis.member import PEOPLE, Member
from bylaw_chassis.neighbours import Neighbours
from bylaw_chassis.notice_wish import NoticeWish
from bylaw_chassis.refusals import Code, Refusal
from bylaw_chassis.values import new_id, resource_name

JOB = "tell-people"
MOST_PEOPLE = 1_000
GONE = ("PERSON_NOT_FOUND", "NOTICE_REACHES_NOBODY")
"""Nobody is there to be told: somebody is not there any more, or nobody holds the role."""


class NoticeDesk(Protocol):
    """Sends notices; see `PeopleNotices`. The same key again sends nothing twice."""

    def send(self, wish: NoticeWish, key: str) -> None:
        """Refuses as people does: PERSON_NOT_FOUND where somebody is not there any more, UNAVAILABLE."""
        ...


class PeopleNotices:
    """People's notices, sent in the service's own name."""

    def __init__(self, people: grpc.Channel, neighbours: Neighbours) -> None:
        self._neighbours = neighbours
        self._stub = notices_pb2_grpc.NoticesStub(people)

    def send(self, wish: NoticeWish, key: str) -> None:
        """See `NoticeDesk`."""
        notice = notices_pb2.Notice(
            title=LocalizedText(zh=wish.title[0], en=wish.title[1]),
            body=LocalizedText(zh=wish.body[0], en=wish.body[1]),
            to=notices_pb2.NoticeAddressees(
                people=[resource_name("people", one) for one in wish.people],
                role=resource_name("roles", wish.role) if wish.role else "",
            ),
            about=wish.about,
        )
        self._neighbours.ask(self._stub.SendNotice, notices_pb2.SendNoticeRequest(notice=notice, request_id=key))


def have_told(work: Work, wish: NoticeWish | None) -> None:
    """Has it sent behind the commit; nothing where nobody is to be told anything."""
    if wish and (wish.people or wish.role):
        enqueue(work.connection, JOB, str(new_id()), wish.pack())


def telling(own: Member) -> Mapping[str, JobFunction]:
    """The job that sends what a service has told; one of those it hands to `hosted`."""
    return {JOB: TellPeople(PeopleNotices(own.neighbours.channels[PEOPLE], own.neighbours))}


@dataclass(frozen=True, slots=True)
class TellPeople:
    """Sends each notice once; whoever is not there any more keeps nobody else from being told."""

    desk: NoticeDesk

    def __call__(self, lease: Lease) -> None:
        """Sends what the job says; raises NotNow while people does not answer."""
        wish = NoticeWish.unpack(lease.payload)
        if wish.role:
            self._is_sent(wish, [], f"{lease.key}-{wish.role}")
        wish, everybody = wish._replace(role=""), list(wish.people)
        for number in range(0, len(everybody), MOST_PEOPLE):
            some = everybody[number : number + MOST_PEOPLE]
            if not self._is_sent(wish, some, f"{lease.key}-{number}"):
                for person in some:
                    self._is_sent(wish, [person], f"{lease.key}-{person}")

    def _is_sent(self, wish: NoticeWish, people: Sequence[UUID], key: str) -> bool:
        """False: somebody is not there any more, and none of these was told."""
        try:
            self.desk.send(wish._replace(people=people), key)
        except Refusal as refused:
            if refused.code is Code.UNAVAILABLE:
                raise NotNow(refused.reason) from refused
            if refused.reason not in GONE:
                raise
            return False
        return True
