"""What a change of a replay says to people, in both languages: its cards as sheets do, its halves by their plan."""

from collections.abc import Mapping
from types import MappingProxyType

from bylaw_hooks import Kind
from bylaw_kit.reading import Side

from bylaw_attendance.rules.replay_changes import ShownFinding
from bylaw_attendance.rules.shown_sheet import ShownCard
from bylaw_attendance.wording import Sentence, explained

FOUND: Mapping[Kind, Sentence] = MappingProxyType(
    {
        Kind.UNASKED: Sentence("不要求打卡", "not asked for"),
        Kind.ON_TIME: Sentence("正常", "on time"),
        Kind.LATE: Sentence("迟到", "late"),
        Kind.EARLY: Sentence("早退", "left early"),
        Kind.LEAVE_REQUIRED: Sentence("须请假", "leave required"),
        Kind.MISSING_CARD: Sentence("缺卡", "missing card"),
        Kind.ABSENT: Sentence("旷工", "absent"),
        Kind.PENDING: Sentence("待定", "pending"),
    }
)
SIDES: Mapping[Side | None, Sentence] = MappingProxyType(
    {
        None: Sentence("半天", "half"),
        Side.IN: Sentence("签到", "sign-in"),
        Side.OUT: Sentence("签退", "sign-out"),
    }
)


def explained_finding(side: Side | None, found: ShownFinding) -> Sentence:
    """A finding at a card, or for a half, as a sentence."""
    if side:
        return explained(ShownCard(side, found.due, found.punch, found.kind, found.minutes, found.clause))
    word, hours = FOUND[found.kind], f"{found.due[11:]}-{found.end[11:]}"
    return Sentence(
        f"计划 {hours}({found.minutes} 分钟)：{word.zh}({found.clause})。",
        f"Planned {hours} ({found.minutes} minutes): {word.en} ({found.clause}).",
    )
