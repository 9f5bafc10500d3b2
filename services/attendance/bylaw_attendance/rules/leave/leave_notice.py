"""What is told of leave that nobody decides: of whoever heads everything, and of what a correction puts (LVE-2)."""

from collections.abc import Sequence
from uuid import UUID

from bylaw_chassis.notice_wish import HUMAN_RESOURCES, NoticeWish, Words, said

from bylaw_attendance.rules.leave.leave_request import Leave

OWN_RESPONSIBILITY = "无上级可批，由本人负责，已知会人力资源。 Nobody is above to decide: taken on own responsibility."
OWN_TITLE: Words = ("{number} 自行负责请假", "{number} takes leave on their own responsibility")
OWN_BODY: Words = (
    "{number} 是最高负责人，无人可批：自 {first} 至 {last} 的“{zh}”由本人负责，已直接生效（LVE-2）。特此知会备案。",
    (
        "{number} heads everything, and nobody is above to decide: “{en}” from {first} to {last} is taken on their"
        " own responsibility and holds (LVE-2). This is for your records."
    ),
)
PUT_TITLE: Words = ("结账后补记的请假：{number}", "Leave put on record after the closing: {number}")
PUT_BODY: Words = (
    (
        "{number} 自 {first} 至 {last} 的“{zh}”由留痕更正补记到已结账的月份，未经部门核准：{text}。"
        "如不属实，请告知人力资源，可再次更正（LVE-2、SHT-3）。"
    ),
    (
        "“{en}” of {number} from {first} to {last} was put on record by a correction of a closed month, without being"
        " put to the department: {text}. If it is not so, tell human resources, who correct it again (LVE-2, SHT-3)."
    ),
)


def own_notice(made: Leave) -> NoticeWish:
    """What human resources are told of leave that is taken on own responsibility."""
    return NoticeWish((), said(OWN_TITLE, number=made.number), _body(OWN_BODY, made), made.name, HUMAN_RESOURCES)


def put_notice(made: Leave, people: Sequence[UUID], text: str) -> NoticeWish:
    """What the head is told of leave that a correction has put onto a closed month."""
    return NoticeWish(people, said(PUT_TITLE, number=made.number), _body(PUT_BODY, made, text=text), made.name)


def _body(words: Words, made: Leave, **more: str) -> Words:
    zh, en = made.terms.title
    return said(words, number=made.number, first=made.wish.first, last=made.wish.last, zh=zh, en=en, **more)
