"""How an answer is mailed: in the language that it is written in (CUS-2)."""

import re

_CHINESE = re.compile("[\u4e00-\u9fff]")
_TITLES = {"zh": "关于您的订单 {number} 的答复", "en": "About your order {number}"}


def language_of(text: str) -> str:
    """Chinese where it has a Chinese character, else English."""
    return "zh" if _CHINESE.search(text) else "en"


def title_of(number: str, language: str) -> str:
    """The title of a mail about an order."""
    return _TITLES[language].format(number=number)
