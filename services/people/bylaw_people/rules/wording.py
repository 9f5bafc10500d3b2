"""A text in both languages of the product."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """A text in both languages."""

    zh: str = ""
    en: str = ""


UNSAID = Wording()
"""Where nothing is written."""
