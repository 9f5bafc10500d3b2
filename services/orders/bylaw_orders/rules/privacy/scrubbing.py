"""Masks in a text what would lead to a person: telephone numbers, long numbers and e-mail addresses (CUS-1)."""

import re

STARS = "***"
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_NUMBER = re.compile(r"\+?\d(?:[ \-()]{0,2}\d){6,19}")


def scrubbed(text: str) -> str:
    """The text without numbers of seven digits and more, however they are written, and without e-mail addresses."""
    return _NUMBER.sub(STARS, _EMAIL.sub(STARS, text))
