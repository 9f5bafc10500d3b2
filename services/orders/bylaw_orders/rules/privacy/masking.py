"""What a screen and a label show of personal data: at least what must be hidden is hidden (CUS-1).

What is masked already stays as it is: platforms hand out names and numbers with stars in them.
"""

import re
import unicodedata
from dataclasses import dataclass
from uuid import UUID

from bylaw_orders.rules.privacy.phone import LONGEST
from bylaw_orders.rules.privacy.recipient import Recipient

HIDDEN_DIGITS = 6
"""At least so many digits of a phone number are hidden."""

STARS = "***"
_SHOWN_DIGITS, _FIRST_FROM, _MOST_DIGITS = 4, 11, 20
_SHOWN_ADDRESS, _LONGEST = 24, 1_000
_MOST_NAME_STARS = 2
_SHOWN_POSTCODE, _LONG_POSTCODE = 2, 4
_COMPOUND = frozenset(
    [
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "宇文",
        "长孙",
        "司徒",
        "夏侯",
        "轩辕",
        "端木",
        "独孤",
        "南宫",
        "西门",
        "百里",
        "呼延",
        "东郭",
        "闻人",
        "澹台",
        "公冶",
        "宗政",
        "濮阳",
        "淳于",
        "单于",
        "太叔",
        "申屠",
        "仲孙",
        "钟离",
        "鲜于",
        "闾丘",
        "司空",
        "司寇",
        "子车",
        "颛孙",
        "巫马",
        "公西",
        "漆雕",
        "乐正",
        "壤驷",
        "公良",
        "拓跋",
        "夹谷",
        "宰父",
        "谷梁",
        "段干",
        "东门",
        "南门",
        "羊舌",
        "微生",
        "左丘",
        "歐陽",
        "司馬",
        "諸葛",
        "東方",
        "尉遲",
        "公孫",
        "長孫",
        "軒轅",
        "獨孤",
        "南宮",
        "西門",
        "鍾離",
    ]
)
_NUMERALS = "一二三四五六七八九十百零〇两"
_UNITS = ("号", "號", "栋", "棟", "幢", "座", "单元", "單元", "室", "楼", "樓", "層", "层", "弄", "户", "戶", "房")
_NUMBER = re.compile(rf"\d|[{_NUMERALS}]+(?=\s*(?:{'|'.join(_UNITS)}))")
_LATIN = re.compile(r"[A-Za-z]")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_HOUSE = re.compile(r"\d{1,6}(?:-\d{1,6})?\s*[号號](?![楼樓院])")
_STREET = re.compile(r"\d{1,6}[A-Za-z]?\s+[^\W\d_][^\d,，#*]*")
_UNIT_WORD = re.compile(
    r"\b(?:flat|apartment|apt|unit|suite|ste|room|rm|floor|fl|level|no|building|bldg|block)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class MaskedRecipient:
    """What is shown of a recipient; nothing but `area` where the customer was erased.

    `area` is the province or the country, `has_remark` whether the buyer wrote something, `customer` whose order it is.
    """

    name: str = ""
    phone: str = ""
    address: str = ""
    postcode: str = ""
    email: str = ""
    nick: str = ""
    area: str = ""
    has_remark: bool = False
    erased: bool = False
    customer: UUID | None = None


UNREADABLE = MaskedRecipient(name=STARS, phone=STARS, address=STARS)
"""What is shown where what is kept does not open."""


def masked(seen: Recipient, area: str, customer: UUID | None = None) -> MaskedRecipient:
    """What a screen shows of a recipient."""
    return MaskedRecipient(
        masked_name(seen.name),
        masked_phone(seen.phone),
        masked_address(seen.address),
        masked_postcode(seen.postcode),
        masked_email(seen.email),
        masked_nick(seen.nick),
        area,
        bool(seen.remark),
        customer=customer,
    )


def on_label(seen: Recipient) -> Recipient:
    """What a label needs and shows: the courier has the rest by its own line, and only what delivery needs."""
    return Recipient(
        masked_name(seen.name), masked_phone(seen.phone), label_address(seen.address), seen.region, seen.postcode
    )


def masked_name(text: str) -> str:
    """The surname of a Chinese name, else the first letter; at least one character is hidden."""
    text = _tidy(text)
    if len(text) <= 1:
        return "*" if text else ""
    shown = 2 if text[:2] in _COMPOUND and len(text) > 2 else 1
    return (_first(text[:shown]) or "*") + "*" * min(len(text) - shown, _MOST_NAME_STARS)


def masked_phone(text: str) -> str:
    """At most the first and the last four digits, and at least six are hidden; of an extension there are stars."""
    main, extension = _number_parts(text) if len(text) <= LONGEST else ("", "")
    if not main:
        return "*" * HIDDEN_DIGITS if _tidy(text) else ""
    shown = max(0, min(_SHOWN_DIGITS, len(main) - HIDDEN_DIGITS))
    first = main[0] if len(main) >= _FIRST_FROM else ""
    hidden = "*" * max(HIDDEN_DIGITS, len(main) - shown - len(first))
    return f"{first}{hidden}{main[-shown:] if shown else ''}{'-****' if extension else ''}"


def masked_address(text: str) -> str:
    """What stands before the first number, at most half: the street, of which no house and no unit is known."""
    text = _tidy(text)
    if not text:
        return ""
    cut = _NUMBER.search(text)
    shown = text[: cut.start()] if cut else text
    if _CHINESE.search(text) and (letter := _LATIN.search(shown)):
        shown = shown[: letter.start()]
    if not text.endswith(STARS):
        shown = shown[: len(text) // 2]
    return shown[:_SHOWN_ADDRESS].partition("*")[0].rstrip() + STARS


def label_address(text: str) -> str:
    """What a label shows: the house by its street, with the unit and the room hidden."""
    text = _tidy(text)
    if not text:
        return ""
    shown = _to_house(text)
    unit = _UNIT_WORD.search(shown)
    shown = shown[: unit.start()].rstrip() if unit else shown
    if not shown or "*" in shown or _to_house(shown) != shown:
        return masked_address(text)
    return shown + STARS


def _to_house(text: str) -> str:
    """So much of an address as leads to a house; nothing where there is none."""
    house = _HOUSE.search(text) if _CHINESE.search(text) else _STREET.match(text)
    return text[: house.end()].rstrip() if house else ""


def masked_email(text: str) -> str:
    """The first character and that it is an address of mail."""
    text = _tidy(text)
    if not text:
        return ""
    local = text.partition("@")[0]
    return f"{_first(text[:1]) if len(local) > 1 else ''}***@***"


def masked_nick(text: str) -> str:
    """The first character."""
    text = _tidy(text)
    if not text:
        return ""
    return (_first(text[:1]) if len(text) > 1 else "") + STARS


def masked_postcode(text: str) -> str:
    """The first two characters of what has more than four: the district."""
    text = _tidy(text)
    if not text:
        return ""
    first = text[:_SHOWN_POSTCODE]
    return (first if len(text) > _LONG_POSTCODE and "*" not in first else "") + STARS


def _tidy(text: str) -> str:
    """One line of what can be seen, no longer than need be."""
    plain = unicodedata.normalize("NFKC", text[:_LONGEST])
    seen = plain if plain.isprintable() else "".join(one if one.isprintable() else " " for one in plain)
    return " ".join(seen.split())


def _first(first: str) -> str:
    """What begins a word, where that is a letter or a sign; a digit might be of a phone number."""
    return "" if any(one.isnumeric() or one == "*" for one in first) else first


def _number_parts(text: str) -> tuple[str, str]:
    """The digits and stars of a number, and of its extension."""
    plain = unicodedata.normalize("NFKC", text).strip().lower()
    halves = re.fullmatch(r"(.*?[\d*][\d*\s()-]{5,})(?:-|转|轉|,|x|#|ext)+([\d*]{1,6})", plain, re.DOTALL)
    main, extension = (halves[1], halves[2]) if halves and len(_signs(halves[1])) >= _FIRST_FROM else (plain, "")
    return _signs(main)[-_MOST_DIGITS:], extension


def _signs(text: str) -> str:
    return "".join(one for one in text if one in "0123456789*")
