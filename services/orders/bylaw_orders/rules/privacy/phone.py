"""Phone numbers as one text each, so that a number is found again however it was written (CUS-1)."""

import re
import unicodedata

import phonenumbers

MAINLAND = "CN"
"""Where a number belongs that does not say its country."""

LONGEST = 64
"""Longer texts are no phone numbers."""

TAIL = 4
"""So many last digits may be asked for."""

_SHORTEST = 5
_BLANK = re.compile(r"[\s()（）.·]+")
_MOBILE = re.compile(r"(?:\+?86|0086)?-?(1[3-9]\d)-?(\d{4})-?(\d{4})(?:(?:-|转|,|x|#|ext)+(\d{1,6}))?")
_EXTENDED = re.compile(r"(.{5,}?)(?:-|转|,|x|#|ext)+(\d{1,6})")
_MOBILE_LENGTH = 11


def normalised(text: str) -> str:
    """The number as E.164, `-` and its extension behind it; empty where there is none that could be dialled.

    Platforms hand out virtual numbers with an extension, which belong to one order: the extension is part of them. A
    number that is masked already is none. What is no number of any country is its digits, so that it is found again.
    """
    if len(text) == _MOBILE_LENGTH and text.isascii() and text.isdigit() and text[0] == "1" and text[1] > "2":
        return f"+86{text}"
    plain = _plain(text)
    if not plain or "*" in plain:
        return ""
    if mobile := _MOBILE.fullmatch(plain):
        return _extended(f"+86{mobile[1]}{mobile[2]}{mobile[3]}", mobile[4])
    return _parsed(plain) or _split(plain) or _digits(plain)


def tail(text: str) -> str:
    """The last four digits of the number, its extension aside; empty where they are not known."""
    if len(text) == _MOBILE_LENGTH and text.isascii() and text.isdigit():
        return text[-TAIL:]
    plain = _plain(text)
    if "*" in plain:
        main = plain.rpartition("-")[0] if re.search(r"\*.*\d{4,}-\d{1,6}$", plain) else plain
    else:
        main = normalised(text).partition("-")[0]
    last = main[-TAIL:]
    return last if len(last) == TAIL and last.isdigit() else ""


def _plain(text: str) -> str:
    """Half-width, without blanks and brackets; empty where it is too long to be a number."""
    if len(text) > LONGEST:
        return ""
    return _BLANK.sub("", unicodedata.normalize("NFKC", text)).replace("—", "-").replace("–", "-").lower()


def _parsed(text: str) -> str:
    try:
        found = phonenumbers.parse(f"+{text[2:]}" if text.startswith("00") else text, MAINLAND)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(found):
        return ""
    return _extended(phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164), found.extension)


def _split(text: str) -> str:
    halves = _EXTENDED.fullmatch(text)
    main = _parsed(halves[1]) if halves else ""
    return f"{main}-{halves[2]}" if main and halves else ""


def _digits(text: str) -> str:
    digits = "".join(one for one in text if "0" <= one <= "9")
    return digits if len(digits) >= _SHORTEST else ""


def _extended(number: str, extension: str | None) -> str:
    return f"{number}-{extension}" if extension else number
