"""What arrived beside what was announced, as a page shows it; in what it differs was found by inventory (WHS-2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bylaw.inventory.v1 import deliveries_pb2
from flask import session

from bylaw_console.desk import Desk
from bylaw_console.shelves import Shelves, amount

SCANS, KEPT = "scans", 5
"""The cookie's part that holds the last scans of the delivery that is counted, and the codes that nothing has."""

MOST_CODES, LONGEST_CODE = 12, 60
TRAY = (deliveries_pb2.DELIVERY_DIFFERENCE_UNANNOUNCED, deliveries_pb2.DELIVERY_DIFFERENCE_OVER)
STILL_TO_COME = deliveries_pb2.DELIVERY_DIFFERENCE_SHORT


@dataclass(frozen=True, slots=True)
class ArrivedLine:
    """A line of the comparison: `marks` are its differences in words, `is_lit` the one that was scanned last."""

    code: str
    name: str
    lot: str
    announced: str
    before: str
    counted: str
    marks: list[str]
    in_tray: bool
    is_lit: bool
    is_there: bool


@dataclass(frozen=True, slots=True)
class Scans:
    """The last scans of a delivery, newest first, codes that no item has, and whether the newest did not match."""

    last: list[dict[str, Any]]
    unknown: list[str]
    is_stray: bool = False

    @property
    def newest(self) -> dict[str, Any]:
        """The newest; empty where there is none."""
        return self.last[0] if self.last else {}


def scans_of(delivery: str) -> Scans:
    """What this browser scanned of a delivery."""
    kept = session.get(SCANS, {})
    if kept.get("of") != delivery:
        return Scans([], [])
    return Scans(list(kept["last"]), list(kept["unknown"]), bool(kept["stray"]))


def keep_scan(delivery: str, scan: dict[str, Any], *, is_stray: bool) -> None:
    """Remember a scan that counts; the same key again is the same scan."""
    before = scans_of(delivery)
    others = [one for one in before.last if one["key"] != scan["key"]]
    _keep(delivery, Scans([scan, *others][:KEPT], before.unknown, is_stray))


def keep_unknown(delivery: str, code: str) -> None:
    """Remember a code that nothing has."""
    before = scans_of(delivery)
    codes = [*(one for one in before.unknown if one != code), code[:LONGEST_CODE]]
    _keep(delivery, Scans(before.last, codes[-MOST_CODES:], is_stray=True))


def drop_scan(delivery: str, key: str) -> None:
    """A scan was taken back."""
    before = scans_of(delivery)
    _keep(delivery, Scans([one for one in before.last if one["key"] != key], before.unknown))


def drop_unknown(delivery: str, code: str) -> None:
    """A code is not there after all."""
    before = scans_of(delivery)
    _keep(delivery, Scans(before.last, [one for one in before.unknown if one != code]))


def _keep(delivery: str, scans: Scans) -> None:
    session[SCANS] = {"of": delivery, "last": scans.last, "unknown": scans.unknown, "stray": scans.is_stray}


def is_stray(delivery: Any, item: str) -> bool:
    """Whether an item of a delivery is more than announced, or not announced at all."""
    lines = (line for line in delivery.compared_lines if line.item == item)
    return any(one in TRAY for line in lines for one in line.differences)


def arrived_lines(desk: Desk, shelves: Shelves, delivery: Any, lit: str) -> Iterator[ArrivedLine]:
    """The comparison line by line; what is still to come is no difference while it is counted."""
    counting = delivery.state == deliveries_pb2.DELIVERY_STATE_COUNTING
    shelves.learn(line.item for line in delivery.compared_lines)
    for line in delivery.compared_lines:
        differs = [one for one in line.differences if not (counting and one == STILL_TO_COME)]
        yield ArrivedLine(
            code=shelves.code(line.item),
            name=shelves.called(line.item),
            lot=line.lot,
            announced=amount(line.announced),
            before=line.accepted_before.value if line.accepted_before.value not in {"", "0"} else "",
            counted=amount(line.counted) or "0",
            marks=[difference_word(desk, one) for one in differs],
            in_tray=any(one in TRAY for one in differs),
            is_lit=bool(lit) and line.item == lit,
            is_there=line.counted.value not in {"", "0"},
        )


def difference_word(desk: Desk, value: Any) -> str:
    """The word for a difference."""
    name = deliveries_pb2.DeliveryDifference.Name(value)
    return desk.t(f"DeliveryDifference.{name}")
