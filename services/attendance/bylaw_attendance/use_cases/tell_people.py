"""Tells people something by a notice: a job, so that it is done whatever becomes of the call, and done once."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from bylaw_chassis.database import Work
from bylaw_chassis.jobs import Lease, NotNow, enqueue
from bylaw_chassis.refusals import Code, Refusal
from bylaw_chassis.values import new_id

from bylaw_attendance.ports.notices import NoticeDesk
from bylaw_attendance.rules.notice_wish import NoticeWish

JOB = "tell-people"
MOST_PEOPLE = 1_000
GONE = ("PERSON_NOT_FOUND", "NOTICE_REACHES_NOBODY")
"""Nobody is there to be told: somebody is not there any more, or nobody holds the role."""


def have_told(work: Work, wish: NoticeWish | None) -> None:
    """Has it sent behind the commit; nothing where nobody is to be told anything."""
    if wish and (wish.people or wish.role):
        enqueue(work.connection, JOB, str(new_id()), wish.pack())


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
