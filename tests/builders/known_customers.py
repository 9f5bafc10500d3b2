"""Customers like no others: whatever there is of any of them is found by one search, in whichever form it was written.

Every name, street, mail and nick holds one pair of rare characters, and every number begins with one prefix.
"""

import base64
import json
import re

RARE, PREFIX, BEHIND = "禤翀", "1987", "6543"
"""A number is the prefix, what is behind it, and three digits of its own: so its last eight digits are known too."""


def person(number: int) -> dict[str, str]:
    """A customer like no other."""
    own = f"{chr(0x4E00 + number % 500)}{chr(0x5000 + number // 500)}"
    return {
        "displayName": f"{RARE}{own}",
        "phone": phone(number),
        "address": f"浙江省杭州市文三路{number}号{RARE}大厦{own}室",
        "region": "浙江省" if number % 7 else f"{RARE}{own}",
        "postalCode": "310012",
        "email": f"{phone(number)}.{RARE}@mail.test",
        "nick": f"{own}{RARE}{number}",
        "remark": f"请打{phone(number)}找{RARE}{own}; drop table customers; <script>{RARE}</script>",
    }


def phone(number: int) -> str:
    """A number of the mainland; those that the first thousand do not hold have other endings."""
    return f"{PREFIX}{BEHIND}{number % 1000:03}"


def forms() -> list[bytes]:
    """How the pair and the numbers may have been written down."""
    found = [RARE.encode(code) for code in ("utf-8", "gb18030", "utf-16-le", "utf-16-be")]
    found.append(json.dumps(RARE)[1:-1].encode())
    for text in (RARE.encode(), f"{PREFIX}{BEHIND}".encode()):
        found += [text.hex().encode(), text.hex().upper().encode()]
        for before in range(3):  # whatever stands before it, base64 has three ways to write it
            whole = base64.b64encode(b"\0" * before + text)
            inner = whole[(4 if before else 0) : len(whole) - (4 if (before + len(text)) % 3 else 0)]
            found += [inner, inner.translate(bytes.maketrans(b"+/", b"-_"))]
    found.append(f"{PREFIX}{BEHIND}".encode())
    return [form for form in dict.fromkeys(found) if len(form) >= 4]


FORMS = re.compile(b"|".join(map(re.escape, forms())))
LAST_DIGITS = re.compile(rb"(?<![0-9A-Fa-f])7" + BEHIND.encode() + rb"[0-9]{3}(?![0-9A-Fa-f])")
"""The last eight digits by themselves; within a hexadecimal number eight digits are chance."""


def found_in(content: bytes) -> list[bytes]:
    """What of any customer stands in it, with what is around it."""
    hits = [*FORMS.finditer(content), *LAST_DIGITS.finditer(content)]
    return [content[max(0, hit.start() - 80) : hit.end() + 80] for hit in hits[:5]]
