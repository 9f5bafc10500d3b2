"""A round of a warehouse: three checks, on arriving or leaving; and which are missing (WHS-11)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID

from bylaw_chassis.notice_wish import OPERATIONS_DIRECTOR, NoticeWish, Words, said
from bylaw_chassis.values import resource_name

from bylaw_inventory.rules.goods.place import Warehouse

ROUNDS, PHOTOS = "houseRounds", "roundPhotos"
MOST_PHOTOS, MOST_DAYS = 20, 92
TITLE: Words = ("仓库异常：{zh}（{side_zh}检查）", "Something unusual at {en} ({side_en})")


class RoundSide(IntEnum):
    """When a round is made; the numbers are those of the contract."""

    ARRIVING = 1
    LEAVING = 2


class CheckKind(IntEnum):
    """Which check; the numbers are those of the contract."""

    LOCKS = 1
    GOODS = 2
    SURROUNDINGS = 3


SIDE_WORDS: dict[RoundSide, Words] = {
    RoundSide.ARRIVING: ("上班", "on arriving"),
    RoundSide.LEAVING: ("下班", "on leaving"),
}
CHECK_WORDS: dict[CheckKind, Words] = {
    CheckKind.LOCKS: ("门窗锁", "locks and doors"),
    CheckKind.GOODS: ("货物缺失", "goods missing"),
    CheckKind.SURROUNDINGS: ("其他异常", "anything unusual"),
}


class Checks(NamedTuple):
    """Of each check what is unusual; empty where all is fine."""

    locks: str
    goods: str
    surroundings: str

    def unusual(self) -> dict[CheckKind, str]:
        """What is, by check."""
        return {kind: words for kind, words in zip(CheckKind, self, strict=True) if words}


@dataclass(frozen=True, slots=True)
class HouseRound:
    """A round on record; `keeper` is who handed it in."""

    identifier: UUID
    warehouse: UUID
    day: date
    side: RoundSide
    keeper: str
    handed_in_at: datetime
    checks: Checks
    photos: tuple[UUID, ...] = ()

    @property
    def name(self) -> str:
        """`houseRounds/{house_round}`."""
        return resource_name(ROUNDS, self.identifier)


class RoundPhoto(NamedTuple):
    """A photo of what was unusual; its image lies in a folder."""

    identifier: UUID
    round: UUID
    kind: CheckKind
    content_type: str
    digest: bytes
    size_bytes: int
    taken_at: datetime
    taken_by: str

    @property
    def name(self) -> str:
        """`roundPhotos/{round_photo}`."""
        return resource_name(PHOTOS, self.identifier)


class MissingRound(NamedTuple):
    """A round that nobody handed in; `keeper` is who made the one on arriving, empty where nobody made any."""

    day: date
    side: RoundSide
    keeper: str


def unusual_notice(made: HouseRound, warehouse: Warehouse) -> NoticeWish | None:
    """What the operations director is told at once; nothing where all is fine (WHS-11)."""
    unusual = made.checks.unusual()
    if not unusual:
        return None
    side_zh, side_en = SIDE_WORDS[made.side]
    zh, en = warehouse.title
    title = said(TITLE, zh=zh, en=en, side_zh=side_zh, side_en=side_en)
    body = (
        "\n".join(f"{CHECK_WORDS[kind][0]}：{words}" for kind, words in unusual.items()),
        "\n".join(f"{CHECK_WORDS[kind][1]}: {words}" for kind, words in unusual.items()),
    )
    return NoticeWish((), title, body, made.name, OPERATIONS_DIRECTOR)


def missing_rounds(made: Iterable[HouseRound], first: date, last: date, today: date) -> list[MissingRound]:
    """What is missing of some days; a round on leaving may come until the day is over (WHS-11)."""
    keepers: dict[tuple[date, RoundSide], set[str]] = {}
    for one in made:
        keepers.setdefault((one.day, one.side), set()).add(one.keeper)
    found = list[MissingRound]()
    for day in _days(first, last):
        arrived, left = (keepers.get((day, side), set()) for side in RoundSide)
        if not arrived:
            found.append(MissingRound(day, RoundSide.ARRIVING, ""))
        if day >= today:
            continue
        if not (arrived or left):
            found.append(MissingRound(day, RoundSide.LEAVING, ""))
        found += [MissingRound(day, RoundSide.LEAVING, keeper) for keeper in sorted(arrived - left)]
    return found


def round_duty(warehouse: UUID, side: RoundSide) -> str:
    """Under which key the duty to make a warehouse's rounds is declared."""
    return f"house-rounds-{side.name.lower()}-{warehouse}"


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
