"""Every reason that the contract names exists and is worded in both languages, and so is every clause."""

import importlib
import pkgutil
import re
from datetime import date
from pathlib import Path

import pytest
from bylaw_chassis import refusals as chassis
from bylaw_people import rules
from bylaw_people.rulebook.book import Book, Clause, ClauseKind, shipped_book
from bylaw_people.rules.organisation import Wording

CONTRACT = Path(__file__).parents[3] / "protos" / "bylaw" / "people" / "v1"
CHINESE = re.compile("[\u4e00-\u9fff]")
VARIABLES = re.compile(r"{(\w+)}")

RULEBOOK = {
    "people": """ORG-1:record ORG-2:record ORG-3:rule ORG-4:record POS-1:record POS-2:rule DEC-1:rule DEC-2:rule
        DEC-3:record TRN-1:duty APR-1:rule APR-2:rule APR-3:rule PLN-1:duty PLN-3:record DOC-1:record PLN-2:duty
        SEC-1:rule SEC-2:rule SEC-3:record SEC-4:duty SEC-5:duty CON-1:record""",
    "attendance": """HRS-1:rule HRS-2:rule HRS-3:rule HRS-4:rule HRS-5:rule HRS-6:rule HRS-7:rule ATT-1:rule
        ATT-2:rule ATT-3:rule ATT-4:rule LVE-1:rule LVE-2:rule LVE-3:rule SHT-1:rule SHT-2:rule SHT-3:rule""",
    "inventory": """WHS-1:rule WHS-2:rule WHS-3:rule WHS-4:rule WHS-5:rule WHS-6:rule WHS-7:rule WHS-8:rule
        WHS-9:rule WHS-10:record WHS-11:duty WHS-12:rule GDS-1:rule GDS-2:rule GDS-3:duty""",
    "orders": """ORD-1:rule ORD-2:rule ORD-3:rule CUS-1:rule CUS-2:rule CUS-3:record MKT-1:record MKT-2:rule
        MKT-3:rule MKT-4:record ANA-1:rule""",
}


def classes(module: object) -> dict[str, type[chassis.Refusal]]:
    found = [kind for kind in vars(module).values() if isinstance(kind, type) and issubclass(kind, chassis.Refusal)]
    return {kind.reason: kind for kind in found if kind is not chassis.Refusal}


def own_classes() -> dict[str, type[chassis.Refusal]]:
    """The refusals of every area of people."""
    found: dict[str, type[chassis.Refusal]] = {}
    for module in pkgutil.walk_packages(rules.__path__, f"{rules.__name__}."):
        held = classes(importlib.import_module(module.name))
        found |= {reason: kind for reason, kind in held.items() if kind.__module__.startswith(rules.__name__)}
    return found


def named_reasons() -> set[str]:
    """The reasons in the `Refuses:` part of the calls' comments."""
    found: set[str] = set()
    for file in CONTRACT.glob("*.proto"):
        for comment in re.findall(r"// Refuses: ((?:.*\n\s*//)*.*)\n\s*rpc ", file.read_text(encoding="utf-8")):
            found.update(re.findall(r"\b[A-Z]+(?:_[A-Z]+)+\b", comment))
    return found


def test_every_reason_that_the_contract_names_exists_and_every_one_of_people_is_named() -> None:
    own, common = own_classes(), classes(chassis)
    assert named_reasons() <= own.keys() | common.keys()
    assert own.keys() - common.keys() <= named_reasons()


@pytest.mark.parametrize("kind", own_classes().values(), ids=lambda kind: str(kind.reason))
def test_a_refusal_says_the_same_in_chinese_and_in_english(kind: type[chassis.Refusal]) -> None:
    assert CHINESE.search(kind.zh)
    assert not CHINESE.search(kind.en)
    said = [{re.sub("(^|_)(zh|en)$", "", name) for name in VARIABLES.findall(words)} for words in (kind.zh, kind.en)]
    assert said[0] == said[1]
    assert kind.zh.endswith("。")
    assert kind.en.endswith(".")


def test_a_clause_that_a_refusal_names_is_in_the_rulebook() -> None:
    known = {clause.id for clause in shipped_book().clauses}
    assert {kind.clause for kind in own_classes().values() if kind.clause} <= known


def test_the_rulebook_that_ships_has_the_66_clauses_each_of_its_kind_and_service() -> None:
    listed = shipped_book().on(date(2026, 1, 1))
    for service, words in RULEBOOK.items():
        assert [f"{clause.id}:{clause.kind}" for clause in listed if clause.service == service] == words.split()
    assert len(listed) == 66
    assert shipped_book().on(date(1999, 12, 31)) == []


@pytest.mark.parametrize("clause", shipped_book().clauses, ids=lambda clause: str(clause.id))
def test_a_clause_is_worded_in_both_languages_with_the_same_figures(clause: Clause) -> None:
    assert CHINESE.search(clause.wording.zh)
    assert not CHINESE.search(clause.wording.en)
    english = {int(figure) for figure in re.findall(r"\d+", clause.wording.en)}
    assert english <= {int(figure) for figure in re.findall(r"\d+", clause.wording.zh)}


def test_a_clause_is_read_as_it_was_worded_on_the_day() -> None:
    old, new = (
        Clause("ATT-2", "attendance", ClauseKind.RULE, Wording(zh, en), since)
        for zh, en, since in (("旧", "old", date(2026, 1, 1)), ("新", "new", date(2026, 7, 1)))
    )
    book = Book([old, new])
    assert [book.clause_on("ATT-2", day) for day in (date(2026, 6, 30), date(2026, 7, 1))] == [old, new]
    assert [clause.id for clause in book.on(date(2025, 12, 31))] == []
