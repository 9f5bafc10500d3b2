"""What couriers write of a parcel, without the people in it: names and telephones are nobody's to keep (CUS-1)."""

import re

LONGEST = 500
MASK = "***"
DIGITS = re.compile(r"\d(?:[\s-]?\d){6,}", re.ASCII)
"""Seven digits or more, however they are grouped: a telephone, or a waybill, which is known anyway."""
_CALLED = (
    "签收人|收件人|收货人|派件人|派件员|派送员|快递员|业务员|配送员|收件员|取件人|联系人"
    "|signed (?:for )?by|received by|recipient|courier|driver"
)
_LINKED = r"\s*[\u662f\u4e3a]?\s*[:\uff1a\[\u3010]\s*|\s*[\u662f\u4e3a]\s*|\s+(?=\S)"
_PERSON = r"[^\s,\uff0c。.;\uff1b、)\uff09\]\u3011(\uff08]{1,40}"
NAMED = re.compile(f"({_CALLED})({_LINKED})({_PERSON})", re.IGNORECASE)
"""A person behind what they are called; behind a blank anything is taken for one."""
MAIL = re.compile(r"\S+@\S+")
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")


def without_people(text: str) -> str:
    """The text with telephones, addresses of mail and persons by name masked, on one line of at most 500 characters."""
    plain = UNSEEN.sub(" ", text)
    plain = MAIL.sub(MASK, DIGITS.sub(MASK, plain))
    return NAMED.sub(lambda found: f"{found[1]}{found[2]}{MASK}", plain).strip()[:LONGEST]
