"""Barcodes as scanners read them: GTIN, SSCC, and GS1 with lot, expiry, serial number and count (GDS-1)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from biip import ParseConfig, ParseError
from biip.checksums import gs1_standard_check_digit
from biip.gs1_messages import GS1Message
from bylaw_chassis.refusals import FieldInvalid

from bylaw_inventory.rules.scanning.refusals import CodeCheckDigit, CodeUnknown

LONGEST = 200
FNC1 = "\x1d"
"""How scanners send the separator of fields: the character 29."""
GTIN_LENGTHS, SSCC_LENGTH, GTIN_14 = (8, 12, 13, 14), 18, 14
_SYMBOLOGY_LENGTH = 3
_BOX, _GTINS, _LOT, _SERIAL, _COUNTS = "00", ("01", "02"), "10", "21", ("30", "37")
_EXPIRES = ("17", "15")
"""Expiry, or else best before."""
_DAYS = ("11", "12", "13", "15", "16", "17")
_CONFIG = ParseConfig(gs1_element_strings_verify_date=False)
"""The library takes a year's century from the machine's clock, and verifies a date by it: that is done here."""
_CENTURY, _YEARS_AHEAD, _YEARS_BACK = 100, 50, 49
"""Of two digits is meant a year from 49 before this one up to 50 behind it (GS1 General Specifications, 7.12)."""


class CodeKind(IntEnum):
    """What a code is; the numbers are those of the contract."""

    PLACE = 1
    ITEM_CODE = 2
    GTIN = 3
    GS1 = 4
    SSCC = 5


@dataclass(frozen=True, slots=True)
class Barcode:
    """What a barcode says; `gtin` has 14 digits, `count` is 0 where nothing is said."""

    kind: CodeKind
    gtin: str = ""
    lot: str = ""
    expires: date | None = None
    serial: str = ""
    count: int = 0
    sscc: str = ""


def stripped(raw: str) -> str:
    """A code without the symbology identifier and the FNC1 before it; FIELD_INVALID where it is none at all."""
    code = raw[_SYMBOLOGY_LENGTH:] if raw.startswith("]") else raw
    code = code.removeprefix(FNC1)
    if not code or len(raw) > LONGEST or not code.replace(FNC1, "").isprintable():
        raise FieldInvalid(
            field="code",
            zh=f"应为扫描所得的 1 至 {LONGEST} 个字符",
            en=f"expected 1 to {LONGEST} characters as a scanner reads them",
        )
    return code


def read_barcode(code: str, *, today: date) -> Barcode:
    """What a barcode says; refuses CODE_CHECK_DIGIT, naming the digit expected, and CODE_UNKNOWN (GDS-1).

    `today` is the day at the warehouse: a barcode says of a year its last two digits, and means the one nearest to it.
    """
    if code.isascii() and code.isdigit():
        if len(code) in GTIN_LENGTHS:
            return Barcode(CodeKind.GTIN, gtin=_checked(code).zfill(GTIN_14))
        if len(code) == SSCC_LENGTH:
            return Barcode(CodeKind.SSCC, sscc=_checked(code))
    return _of_message(code, today)


def _of_message(code: str, today: date) -> Barcode:
    try:
        parse = GS1Message.parse_hri if code.startswith("(") else GS1Message.parse
        said = {one.ai.ai: one.value for one in parse(code, config=_CONFIG).element_strings}
        days = {ai: day_of(said[ai], today) for ai in _DAYS if ai in said}
    except (ParseError, ValueError):  # the latter: of a day that there is not
        raise CodeUnknown(code=code[:40]) from None
    box = _checked(said[_BOX]) if _BOX in said else ""
    gtin = next((_checked(said[ai]) for ai in _GTINS if ai in said), "")
    if not (box or gtin):
        raise CodeUnknown(code=code[:40])
    return Barcode(
        CodeKind.GS1 if gtin else CodeKind.SSCC,
        gtin,
        said.get(_LOT, ""),
        next((days[ai] for ai in _EXPIRES if days.get(ai)), None),
        said.get(_SERIAL, ""),
        next((int(said[ai]) for ai in _COUNTS if ai in said), 0),
        box,
    )


def day_of(digits: str, today: date) -> date:
    """A day as GS1 writes it, YYMMDD, of which 00 is the month's last; ValueError where there is no such day."""
    year, month, day = (int(digits[place : place + 2]) for place in (0, 2, 4))
    year += today.year - today.year % _CENTURY
    if year > today.year + _YEARS_AHEAD:
        year -= _CENTURY
    elif year < today.year - _YEARS_BACK:
        year += _CENTURY
    if month not in range(1, 13):
        raise ValueError(digits)
    return date(year, month, day or monthrange(year, month)[1])


def _checked(digits: str) -> str:
    """The digits, whose last one is that of the others; refuses CODE_CHECK_DIGIT."""
    expected = str(gs1_standard_check_digit(digits[:-1]))
    if digits[-1] != expected:
        raise CodeCheckDigit(code=digits, expected=expected, found=digits[-1])
    return digits
