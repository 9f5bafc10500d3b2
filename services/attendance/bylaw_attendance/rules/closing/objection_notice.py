"""What people are told of their sheets before a month is closed: until when they may object, and the answer (SHT-2)."""

from collections.abc import Collection, Mapping
from datetime import date
from types import MappingProxyType
from uuid import UUID

from bylaw_chassis.notice_wish import HUMAN_RESOURCES, NoticeWish, Words, said

from bylaw_attendance.rules.closing.objection import Objection, ObjectionState

RAISED = ("{number} 对 {month} 考勤提出异议", "{number} objects to their sheet of {month}")
RAISED_BODY = (
    "{number} 对 {month} 的考勤表提出书面异议，请部门与人力资源查核并答复；答复前该月不能结账（SHT-2）。",
    (
        "{number} objects to their sheet of {month} in writing. The unit and human resources look into it and answer;"
        " the month is not closed before (SHT-2)."
    ),
)
LOOK = ("请核对您 {month} 的考勤表", "Look at your sheet of {month}")
LOOK_BODY = (
    (
        "您所在单位已将 {month} 的考勤移交人力资源。请核对您的考勤表；如有不符，请在 {last} 前（含当日）书面提出异议，"
        "逾期视为认可。"
    ),
    (
        "Your unit has handed {month} over to human resources. Look at your sheet: if something is wrong, object in"
        " writing until {last}; who does not is taken to agree."
    ),
)
TITLES: Mapping[ObjectionState, Words] = MappingProxyType(
    {
        ObjectionState.UPHELD: ("您的考勤异议成立", "Your objection was right"),
        ObjectionState.DISMISSED: ("您的考勤异议已答复", "Your objection was answered"),
    }
)
BODIES: Mapping[ObjectionState, Words] = MappingProxyType(
    {
        ObjectionState.UPHELD: (
            "您对 {month} 考勤表的异议成立，书面答复见该异议。请再核对一次更正后的考勤表。",
            "What you said of your sheet of {month} was right; the objection has the answer. Look at the sheet again.",
        ),
        ObjectionState.DISMISSED: (
            "您对 {month} 考勤表的异议已书面答复，考勤表不变，理由见该异议。",
            "Your objection to the sheet of {month} was answered, and the sheet stays as it is; the answer says why.",
        ),
    }
)


def look_notice(people: Collection[UUID], month: date, last: date, *, about: str) -> NoticeWish:
    """What everybody of a unit is told when their month is handed over."""
    told = {"month": f"{month:%Y-%m}", "last": last}
    return NoticeWish(people, said(LOOK, **told), said(LOOK_BODY, **told), about)


def raised_notice(made: Objection, head: UUID | None) -> NoticeWish:
    """What the person's head, if there is one, and human resources are told: they settle it together."""
    told = {"number": made.number, "month": f"{made.month:%Y-%m}"}
    return NoticeWish(
        [head] if head else [], said(RAISED, **told), said(RAISED_BODY, **told), made.name, HUMAN_RESOURCES
    )


def answered_notice(made: Objection) -> NoticeWish | None:
    """What the person is told of the answer; nothing of what they took back themselves."""
    if made.state not in TITLES:
        return None
    body = said(BODIES[made.state], month=f"{made.month:%Y-%m}")
    return NoticeWish([made.person], TITLES[made.state], body, made.name)
