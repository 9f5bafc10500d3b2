"""Every reason the contract of attendance names exists, and every reason that exists is named there."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from bylaw_attendance import rules
from bylaw_attendance.rules.refusals import FILE_REASONS, PUNCH_REASONS
from bylaw_chassis import refusals as common
from bylaw_chassis.refusals import Refusal
from bylaw_people.rules.decisions import refusals as decisions

PROTOS = Path(__file__).parents[3] / "protos" / "bylaw" / "attendance" / "v1"
COMMENT_OF_CALL = re.compile(r"(?:\s*//[^\n]*\n)+\s*rpc ")
REASON = re.compile(r"\b(?!BYLAW_)[A-Z]{2,}(?:_[A-Z]+)+\b")
"""A setting is none."""


def stated() -> set[str]:
    """The reasons in the comments of the calls."""
    texts = (file.read_text("utf-8") for file in PROTOS.glob("*.proto"))
    comments = (comment for text in texts for comment in COMMENT_OF_CALL.findall(text))
    return {reason for comment in comments for reason in REASON.findall(comment)}


def reasons_of(module: object) -> Iterator[str]:
    """The reasons of the refusals a module defines."""
    for value in vars(module).values():
        if isinstance(value, type) and issubclass(value, Refusal) and value is not Refusal and "reason" in vars(value):
            yield value.reason


def modules_of_refusals() -> list[ModuleType]:
    """Those among the rules of attendance."""
    found = pkgutil.walk_packages(rules.__path__, f"{rules.__name__}.")
    return [importlib.import_module(module.name) for module in found if module.name.endswith("refusals")]


def reasons_of_attendance() -> set[str]:
    ours = {reason for module in modules_of_refusals() for reason in reasons_of(module)}
    return {*FILE_REASONS, *PUNCH_REASONS, *ours}


def test_every_reason_that_the_contract_names_exists() -> None:
    """Its own, those of every service, and those of the decisions that it asks for."""
    existing = {*reasons_of_attendance(), *reasons_of(common), *reasons_of(decisions)}

    assert stated() - existing == set()


def test_every_reason_of_attendance_is_named_in_the_contract() -> None:
    ours = reasons_of_attendance() - set(reasons_of(common))

    assert ours - stated() == set()


def test_every_refusal_has_its_words_in_both_languages() -> None:
    for value in (value for module in modules_of_refusals() for value in vars(module).values()):
        if isinstance(value, type) and issubclass(value, Refusal) and value is not Refusal:
            assert value.zh
            assert value.en
            assert value.__doc__
