"""What use cases need of people's notices: a desk that tells people something in the service's own name (PLN-2)."""

from typing import Protocol

from bylaw_attendance.rules.notice_wish import NoticeWish


class NoticeDesk(Protocol):
    """Sends notices; see `neighbours.PeopleNotices`. The same key again sends nothing twice."""

    def send(self, wish: NoticeWish, key: str) -> None:
        """Refuses as people does: PERSON_NOT_FOUND where somebody is not there any more, UNAVAILABLE."""
        ...
