"""What a finding at a card says to people, in both languages, with the times and the clause that decide."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from bylaw_hooks import Kind
from bylaw_kit.reading import Side

from bylaw_attendance.rules.sheets.shown_sheet import ShownCard


class Sentence(NamedTuple):
    """One sentence in both languages."""

    zh: str
    en: str


IN, OUT = Side.IN, Side.OUT
SENTENCES: Mapping[tuple[Side, Kind], Sentence] = MappingProxyType(
    {
        (IN, Kind.ON_TIME): Sentence(
            "{punch} 签到，应到 {due}：准时({clause})。", "Signed in {punch}, due {due}: on time ({clause})."
        ),
        (OUT, Kind.ON_TIME): Sentence(
            "{punch} 签退，下班 {due}：正常({clause})。", "Signed out {punch}, end {due}: as it should be ({clause})."
        ),
        (IN, Kind.LATE): Sentence(
            "{punch} 签到，晚于 {due} {minutes} 分钟：迟到({clause})。",
            "Signed in {punch}, {minutes} minutes after {due}: late ({clause}).",
        ),
        (OUT, Kind.EARLY): Sentence(
            "{punch} 签退，早于 {due} {minutes} 分钟：早退({clause})。",
            "Signed out {punch}, {minutes} minutes before {due}: left early ({clause}).",
        ),
        (IN, Kind.LEAVE_REQUIRED): Sentence(
            "{punch} 签到，晚于 {due} {minutes} 分钟：须请假({clause})。",
            "Signed in {punch}, {minutes} minutes after {due}: leave required ({clause}).",
        ),
        (OUT, Kind.LEAVE_REQUIRED): Sentence(
            "{punch} 签退，早于 {due} {minutes} 分钟：须请假({clause})。",
            "Signed out {punch}, {minutes} minutes before {due}: leave required ({clause}).",
        ),
        (IN, Kind.MISSING_CARD): Sentence(
            "应于 {due} 签到，没有打卡：缺卡({clause})。",
            "No punch for the sign-in due {due}: missing card ({clause}).",
        ),
        (OUT, Kind.MISSING_CARD): Sentence(
            "{due} 下班，没有打卡：缺卡({clause})。", "No punch for the end at {due}: missing card ({clause})."
        ),
        (IN, Kind.ABSENT): Sentence(
            "应于 {due} 签到，半天无打卡：旷工({clause})。",
            "No punch at all for the half due {due}: absent ({clause}).",
        ),
        (OUT, Kind.ABSENT): Sentence(
            "{due} 下班，半天无打卡：旷工({clause})。", "No punch at all for the half ending {due}: absent ({clause})."
        ),
        (IN, Kind.PENDING): Sentence(
            "应于 {due} 签到：未到判定时间或考勤机尚未上传({clause})。",
            "Sign-in due {due}: not decided, the time has not come or the clocks have not reported ({clause}).",
        ),
        (OUT, Kind.PENDING): Sentence(
            "{due} 下班：未到判定时间或考勤机尚未上传({clause})。",
            "End at {due}: not decided, the time has not come or the clocks have not reported ({clause}).",
        ),
    }
)
HANDED_OVER: Mapping[Side, Sentence] = MappingProxyType(
    {
        IN: Sentence(
            "{punch} 签到，晚于 {due} {minutes} 分钟，至移交时未办请假：旷工({clause})。",
            "Signed in {punch}, {minutes} minutes after {due}, and no leave was granted by the hand-over: absent"
            " ({clause}).",
        ),
        OUT: Sentence(
            "{punch} 签退，早于 {due} {minutes} 分钟，至移交时未办请假：旷工({clause})。",
            "Signed out {punch}, {minutes} minutes before {due}, and no leave was granted by the hand-over: absent"
            " ({clause}).",
        ),
    }
)
"""Absence of somebody who did come: leave was required and there is none (SHT-1)."""
UNKNOWN = Sentence("应于 {due}({clause})。", "Due {due} ({clause}).")
ONE_MINUTE = ("1 minutes", "1 minute")


KEPT_SENTENCES = 8_192
"""A unit's people come and go at the same few hundred minutes of the day."""


def explained(card: ShownCard) -> Sentence:
    """The finding at a card as a sentence."""
    return _sentence(card.side, card.kind, clock(card.punch, card.due), card.due[11:], (card.minutes, card.clause))


@lru_cache(maxsize=KEPT_SENTENCES)
def _sentence(side: Side, kind: Kind, punch: str, due: str, found: tuple[int, str]) -> Sentence:
    minutes, clause = found
    template = SENTENCES.get((side, kind), UNKNOWN)
    if kind is Kind.ABSENT and punch:
        template = HANDED_OVER[side]
    values = {"punch": punch, "due": due, "minutes": minutes, "clause": clause}
    english = template.en.format(**values)
    return Sentence(template.zh.format(**values), english.replace(*ONE_MINUTE) if minutes == 1 else english)


def clock(punch: str, due: str) -> str:
    """The punch's hour and minute; with its date where that is not the card's."""
    return punch[11:16] if punch[:10] == due[:10] else punch[:16]
