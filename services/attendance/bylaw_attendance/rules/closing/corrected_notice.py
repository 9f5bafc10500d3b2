"""What somebody is told of their closed sheet being corrected, and of what was decided on a missed punch (SHT-3)."""

from collections.abc import Mapping
from types import MappingProxyType

from bylaw_chassis.notice_wish import NoticeWish, Words, said

from bylaw_attendance.rules.closing.closing import ClosedSheet, VersionCause, sheet_name_of
from bylaw_attendance.rules.closing.correction import Correction, CorrectionState

SHEET_TITLE = ("您已结账的考勤表有更正", "Your closed sheet was corrected")
SHEET_BODIES: Mapping[VersionCause, Words] = MappingProxyType(
    {
        VersionCause.CORRECTED: (
            (
                "您 {month} 的考勤表已留痕更正，现为第 {version} 版，差额计入 {counted}。更正了什么、何故、由谁更正，"
                "见该表的版本记录；如有疑问，请与人力资源联系。"
            ),
            (
                "Your sheet of {month} was corrected on record and is at version {version}; the difference counts in"
                " {counted}. Its versions say what was corrected, why and by whom; if you do not agree, talk to human"
                " resources."
            ),
        ),
        VersionCause.LATE_PUNCHES: (
            "您 {month} 的考勤表结账后又收到打卡，已据此更正，现为第 {version} 版，差额计入 {counted}。",
            (
                "Punches of yours came after {month} was closed: your sheet takes them in and is at version {version};"
                " the difference counts in {counted}."
            ),
        ),
    }
)
PUNCH_TITLES: Mapping[CorrectionState, Words] = MappingProxyType(
    {
        CorrectionState.ACCEPTED: ("您的补卡申请已同意", "Your missed punch was accepted"),
        CorrectionState.REFUSED: ("您的补卡申请未获同意", "Your missed punch was turned down"),
        CorrectionState.REVOKED: ("您已同意的补卡被撤销", "A missed punch of yours that was accepted was taken back"),
    }
)
PUNCH_BODIES: Mapping[CorrectionState, Words] = MappingProxyType(
    {
        CorrectionState.ACCEPTED: (
            "您 {day} 的补卡申请已同意，当月考勤已据此重算。",
            "What you asked for on {day} counts as a punch now, and your month was judged anew.",
        ),
        CorrectionState.REFUSED: (
            "您 {day} 的补卡申请未获同意，理由见该申请；它不占用当月补卡次数。",
            "What you asked for on {day} was turned down; the correction says why. It counts in no quota.",
        ),
        CorrectionState.REVOKED: (
            "您 {day} 的补卡原已同意，现被撤销，不再计为打卡，理由见该申请；当月考勤已重算，次数已退回。",
            (
                "What was accepted of {day} was taken back and counts as no punch any more; the correction says why."
                " Your month was judged anew, and the quota has it back."
            ),
        ),
    }
)


def corrected_notice(made: ClosedSheet) -> NoticeWish | None:
    """What the person is told of another version of their sheet."""
    if made.cause not in SHEET_BODIES or made.counted_in is None:
        return None
    told = {"month": f"{made.month:%Y-%m}", "version": made.version, "counted": f"{made.counted_in:%Y-%m}"}
    about = sheet_name_of(made.person, made.month)
    return NoticeWish([made.person], SHEET_TITLE, said(SHEET_BODIES[made.cause], **told), about)


def decided_notice(made: Correction) -> NoticeWish | None:
    """What the person is told of what was decided; nothing of what they did themselves."""
    if made.state not in PUNCH_TITLES:
        return None
    body = said(PUNCH_BODIES[made.state], day=made.local.date())
    return NoticeWish([made.person], PUNCH_TITLES[made.state], body, made.name)
