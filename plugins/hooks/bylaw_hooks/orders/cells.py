"""Cells of exports as what they mean: texts, numbers of orders, amounts, moments; a cell that means nothing is refused.

No refusal repeats what stands in the cell: it may be somebody's name in the wrong column.
"""

import re
from datetime import datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from typing import TypeVar

_FORMULA = re.compile(r'="(.*)"', re.DOTALL)
_ROUNDED = re.compile(r"[0-9]+([.,][0-9]+)?[eE]\+[0-9]+|[0-9]+[.,][0-9]+[eE][0-9]+")
_WITH_ZERO = re.compile(r"([0-9]+)\.0+")
_AMOUNT = re.compile(r"-?([0-9]{1,3}(,[0-9]{3}){1,3}|[0-9]{1,12})(\.[0-9]{1,6})?")
_SIGNS = str.maketrans("", "", "¥￥$€£ \u00a0\u202f")
_LOCAL = re.compile(
    r"(?P<year>[0-9]{4})[-/.\u5e74](?P<month>[0-9]{1,2})[-/.\u6708](?P<day>[0-9]{1,2})\u65e5?"
    r"([T ]+(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(:(?P<second>[0-9]{2})(\.[0-9]{1,6})?)?)?"
    r" ?(?P<offset>Z|UTC|[+-][0-9]{2}:?[0-9]{2})?"
)
_CURRENCY = re.compile("[A-Z]{3}")
_SERIAL = re.compile(r"[2-7][0-9]{4}(\.[0-9]+)?")
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's day 0, on the wall
T = TypeVar("T")
FIRST_YEAR, LAST_YEAR = 1990, 2100
LONG = len("2020-02-01 10:00:00")
NOTHING = frozenset({"", "-", "null", "none", "nan", "n/a", "无"})
"""What stands for an empty cell, in lower case."""


class CellRefused(Exception):  # noqa: N818 - it is an answer
    """A cell that cannot be taken: a reason in UPPER_SNAKE, what to do in both languages; where, once known."""

    def __init__(self, reason: str, zh: str, en: str) -> None:
        super().__init__(reason)
        self.reason, self.zh, self.en = reason, zh, en
        self.row, self.column = 0, ""


def plain(cell: str) -> str:
    """Without blanks around it, and without what keeps a spreadsheet from reckoning: ="123"."""
    cell = cell.strip()
    formula = _FORMULA.fullmatch(cell) if cell.startswith('="') else None
    return formula[1].strip() if formula else cell


def text(cell: str) -> str:
    """A text in one line; "" where the cell says that there is none."""
    said = " ".join(plain(cell).split())
    return "" if said.lower() in NOTHING else said


def within(said: str, most: int) -> str:
    """A text of so many characters at most; refuses TEXT_TOO_LONG."""
    if len(said) > most:
        raise CellRefused(
            "TEXT_TOO_LONG",
            f"此格超过 {most} 个字符，请缩短",
            f"the cell holds more than {most} characters; shorten it",
        )
    return said


def identifier(cell: str) -> str:
    """A number that nobody reckons with, digit by digit: of an order, of goods, a telephone's; "" for none.

    Refuses ORDER_NUMBER_ROUNDED where a spreadsheet has made 1.2E+17 of it: the digits are gone.
    """
    said = text(cell).removeprefix("'")
    if _ROUNDED.fullmatch(said):
        raise CellRefused(
            "ORDER_NUMBER_ROUNDED",
            "编号已被表格软件改成科学计数法，后面的数字已丢失；请重新从平台导出，不要用表格软件另存，或先将该列设为文本",
            "a spreadsheet has rounded the number and its digits are gone: export it again and hand it in as it is,"
            " or make the column text first",
        )
    whole = _WITH_ZERO.fullmatch(said)
    return whole[1] if whole else said


def needed(found: T | None) -> T:
    """What must be there; refuses CELL_EMPTY."""
    if found is None or found == "":
        raise CellRefused("CELL_EMPTY", "此格不可为空", "the cell must not be empty")
    return found


def amount(cell: str) -> Decimal | None:
    """A number in major units: 1,234.50, ¥12, (3.00); None for an empty cell. Refuses NUMBER_UNREADABLE."""
    said = text(cell).translate(_SIGNS)
    if not said:
        return None
    if said.startswith("(") and said.endswith(")"):
        said = f"-{said[1:-1]}"
    if not _AMOUNT.fullmatch(said):
        raise CellRefused(
            "NUMBER_UNREADABLE",
            "此格不是数；应如 1234.50 或 1,234.50",
            "the cell is no number; write it as 1234.50 or 1,234.50",
        )
    return Decimal(said.replace(",", ""))


def currency(cell: str, otherwise: str) -> str:
    """A currency by its code (ISO 4217); where the cell is empty, the shop's. Refuses CURRENCY_UNKNOWN."""
    said = text(cell).upper() or otherwise
    if not _CURRENCY.fullmatch(said):
        raise CellRefused(
            "CURRENCY_UNKNOWN",
            "此格不是货币代码；应如 CNY",
            "the cell is no code of a currency; write it as CNY or EUR",
        )
    return said


def moment(cell: str, zone: tzinfo) -> datetime | None:
    """A time: 2020-02-01 10:00:00, 2020/2/1 10:00, a spreadsheet's day 43862.41667, or one with an offset of its own.

    None for an empty cell. Refuses TIME_UNREADABLE, also for 1/2/2020, of which nobody can say which is the month.
    """
    said = text(cell)
    if not said:
        return None
    try:
        if len(said) == LONG and said[4::3] == "-- ::":  # the most frequent way to write it, the fast way to read it
            fast = datetime.fromisoformat(said)
            if FIRST_YEAR <= fast.year < LAST_YEAR:
                return fast.replace(tzinfo=zone)
        if local := _LOCAL.fullmatch(said):
            return _on_the_wall(local, zone)
        if _SERIAL.fullmatch(said):
            return (_EPOCH + timedelta(seconds=round(float(said) * 86_400))).replace(tzinfo=zone)
    except ValueError:
        pass
    raise CellRefused(
        "TIME_UNREADABLE",
        "此格不是可辨认的时间；应如 2020-02-01 10:00:00 或 2020/2/1 10:00",
        "the cell is no time that can be told; write it as 2020-02-01 10:00:00 or 2020/2/1 10:00",
    )


def _on_the_wall(local: re.Match[str], zone: tzinfo) -> datetime:
    if not FIRST_YEAR <= int(local["year"]) < LAST_YEAR:
        raise ValueError
    parts = [int(local[name] or 0) for name in ("year", "month", "day", "hour", "minute", "second")]
    offset = local["offset"]
    return datetime(*parts, tzinfo=zone if offset is None else _offset(offset))  # type: ignore[misc,arg-type]


def _offset(said: str) -> tzinfo:
    if said in {"Z", "UTC"}:
        return timezone.utc  # noqa: UP017 - beside `timezone` below
    digits = said[1:].replace(":", "")
    away = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-away if said[0] == "-" else away)
