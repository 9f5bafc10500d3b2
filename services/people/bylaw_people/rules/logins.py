"""Logins that look like another's: letters of scripts that resemble each other do not stand in one login (SEC-1)."""

import unicodedata

LOOK_ALIKE = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "COPTIC", "CHEROKEE", "LISU", "DESERET"})
"""Scripts whose letters pass for each other's; Chinese beside Latin letters misleads nobody."""

MIXED_ZH = "不能混用外形相近的不同文字（如拉丁字母与西里尔字母）"
MIXED_EN = "must not mix scripts whose letters look alike, such as Latin and Cyrillic"


def mixes_scripts(login: str) -> bool:
    """Whether a login holds letters of two scripts that look alike."""
    scripts = {unicodedata.name(letter, "").partition(" ")[0] for letter in login if letter.isalpha()}
    return len(scripts & LOOK_ALIKE) > 1
