"""How a process of the kit answers whoever started it, so that nothing a plugin prints is taken for an answer."""

import json
import os
from collections.abc import Callable, Iterator, Mapping
from typing import IO, Any, NamedTuple

from bylaw_kit.ending import die_in_time


class Outcome(NamedTuple):
    """A rule over a version; `why` is empty where it is kept, `month` shows one that breaks it."""

    pattern: str
    rule: str
    why: str = ""
    month: str = ""


def own_answers() -> IO[str]:
    """Standard output as it was; what anybody prints from now on goes to standard error."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return answers


def answer(told: Callable[[Callable[[str, str], None]], Iterator[Outcome]], answers: IO[str]) -> int:
    """Says each rule before and after it is tried, an object a line; how many are broken."""
    faults = 0

    def say(what: Mapping[str, Any]) -> None:
        answers.write(json.dumps(what, ensure_ascii=False) + "\n")
        answers.flush()

    def begin(pattern: str, rule: str) -> None:
        die_in_time()
        say({"begun": [pattern, rule]})

    for found in told(begin):
        faults += bool(found.why)
        say(found._asdict())
    say({"done": True})
    return faults
