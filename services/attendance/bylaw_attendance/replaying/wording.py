"""What a change of a replay says to people, in both languages: its cards as sheets do, its halves by their plan."""

from collections.abc import Mapping
from types import MappingProxyType

from bylaw_hooks import Kind
from bylaw_kit.reading import Side

from bylaw_attendance.rules.replay.replay import Outcome, Replay, ReplayState
from bylaw_attendance.rules.replay.replay_changes import ShownFinding
from bylaw_attendance.rules.sheets.shown_sheet import ShownCard
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


def remark(replay: Replay, outcome: Outcome) -> Sentence | None:
    """Why a replay that is done compared nothing: its figures are nought for want of months, not of a difference."""
    if replay.state is not ReplayState.DONE or outcome.compared:
        return None
    if outcome.uncompared:
        return Sentence(
            "没有一个人月能够比较，合计为零并不表示没有变化；请先看各人的原因。",
            "Not one month of a person could be compared; the totals are nought for that reason alone. See the faults.",
        )
    if replay.replaced and replay.done:
        return _nobody_follows(replay.replaced, ", ".join(replay.followed))
    return Sentence(
        "这些月份在此范围内无人在职，没有可比较的内容。",
        "Nobody is employed there in these months, so there is nothing to compare.",
    )


def _nobody_follows(replaced: str, followed: str) -> Sentence:
    zh = f"实际被指派的是：{followed}。" if followed else "他们未被指派任何班制。"
    en = f"They are assigned to: {followed}." if followed else "They are assigned to none."
    return Sentence(
        f"这些人在这些月份没有一天由指派的班制 {replaced} 决定，没有可比较的内容。{zh}",
        f"No assignment puts any of these people under {replaced} in these months: there is nothing to compare. {en}",
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
