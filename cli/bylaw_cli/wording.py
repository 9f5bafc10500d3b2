"""How the command speaks: every sentence in English and in Chinese, and which of the two to show."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Language = Literal["en", "zh"]


@dataclass(frozen=True)
class Wording:
    """One sentence for people, in both languages."""

    en: str
    zh: str

    def show(self, language: Language) -> str:
        """Return the sentence in the given language."""
        return self.zh if language == "zh" else self.en

    def both(self) -> str:
        """Return both sentences, a line each: for refusals, which must reach whoever sits there."""
        return f"{self.en}\n{self.zh}".strip()


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error of the program
    """Something that people must hear before anything starts; carries its wording."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.wording = Wording(en, zh)


def language_of(environment: Mapping[str, str] | None = None) -> Language:
    """Return the language wanted: `BYLAW_LANGUAGE` first, then the locale; English where neither says."""
    seen = os.environ if environment is None else environment
    for name in ("BYLAW_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if wanted := seen.get(name):
            return "zh" if wanted.lower().startswith("zh") else "en"
    return "en"
