"""What a job tells people it tells once, everybody who is there, and waits while people does not answer (PLN-2)."""

from dataclasses import dataclass, field
from typing import cast
from uuid import UUID

import pytest
from bylaw_chassis.database import Database
from bylaw_chassis.jobs import Lease, NotNow
from bylaw_chassis.notice_wish import OPERATIONS_DIRECTOR, NoticeWish, said
from bylaw_chassis.notices import JOB, MOST_PEOPLE, TellPeople
from bylaw_chassis.refusals import Code, Refusal, Unavailable

pytestmark = pytest.mark.clause("PLN-2")
ANNA, BEN, GONE = UUID(int=1), UUID(int=2), UUID(int=3)
WORDS = ("有货", "goods"), ("请来", "come")


class PersonNotFound(Refusal):
    """As people says it."""

    code = Code.NOT_FOUND
    reason = "PERSON_NOT_FOUND"


@dataclass
class Desk:
    """Tells once under a key, all who are named or nobody."""

    sent: dict[str, tuple[str, tuple[UUID, ...]]] = field(default_factory=dict)
    away: bool = False

    def send(self, wish: NoticeWish, key: str) -> None:
        if self.away:
            raise Unavailable
        if GONE in wish.people:
            raise PersonNotFound
        self.sent.setdefault(key, (wish.role, tuple(wish.people)))


def told(desk: Desk, wish: NoticeWish) -> list[tuple[str, tuple[UUID, ...]]]:
    """What the desk has sent once the job has run, twice."""
    lease = Lease(cast("Database", None), UUID(int=9), JOB, "key", wish.pack(), UUID(int=9))
    for _ in range(2):
        TellPeople(desk)(lease)
    return list(desk.sent.values())


def test_people_and_role_are_told_once() -> None:
    wish = NoticeWish((ANNA, BEN), *WORDS, "deliveries/1", OPERATIONS_DIRECTOR)
    assert told(Desk(), wish) == [(OPERATIONS_DIRECTOR, ()), ("", (ANNA, BEN))]
    assert told(Desk(), wish._replace(people=())) == [(OPERATIONS_DIRECTOR, ())]


def test_whoever_is_gone_keeps_nobody_from_being_told() -> None:
    assert told(Desk(), NoticeWish((ANNA, GONE, BEN), *WORDS)) == [("", (ANNA,)), ("", (BEN,))]


def test_many_are_told_in_parts() -> None:
    many = tuple(UUID(int=number) for number in range(10, 11 + MOST_PEOPLE))
    assert [len(people) for _, people in told(Desk(), NoticeWish(many, *WORDS))] == [MOST_PEOPLE, 1]


def test_what_cannot_be_told_now_waits_and_is_told_later() -> None:
    desk, wish = Desk(away=True), NoticeWish((ANNA,), *WORDS)
    with pytest.raises(NotNow):
        told(desk, wish)
    assert desk.sent == {}
    desk.away = False
    assert told(desk, wish) == [("", (ANNA,))]


def test_a_wish_is_kept_as_it_is_and_its_words_are_filled() -> None:
    wish = NoticeWish((ANNA,), *WORDS, "deliveries/1", OPERATIONS_DIRECTOR)
    assert NoticeWish.unpack(wish.pack()) == wish
    assert said(("有 {count} 件", "{count} of them"), count=3) == ("有 3 件", "3 of them")
