"""How the clause table is found: citations in docstrings, marks on tests, read without importing either."""

from pathlib import Path

import pytest

from docs.generator.citations import citations, cited
from docs.generator.marks import proofs


@pytest.mark.parametrize(
    ("docstring", "clauses"),
    [
        ("The late ladder (ATT-2): late up to fifteen minutes.", ["ATT-2"]),
        ("The week (HRS-1, 3, 4; ATT-2).", ["HRS-1", "HRS-3", "HRS-4", "ATT-2"]),
        ("A range names no clause (HRS-1 to HRS-5), a list does (ATT-1, 4).", ["ATT-1", "ATT-4"]),
        ("ATT-2 in passing is no citation (it is not in parentheses).", []),
        ("UTF-8 and ISO (8601) are no clauses.", []),
    ],
)
def test_a_docstring_cites_clauses_in_parentheses(docstring: str, clauses: list[str]) -> None:
    assert list(cited(docstring)) == clauses


def test_the_late_rule_is_found_where_it_is() -> None:
    assert "bylaw_hooks.judging:arrival" in {found.place for found in citations() if found.clause == "ATT-2"}


def test_marks_of_tests_classes_and_modules_count(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_late.py").write_text(
        "import pytest\n"
        "pytestmark = [pytest.mark.clause('HRS-4')]\n"
        "@pytest.mark.clause('ATT-2', 'ATT-3')\n"
        "def test_ladder(): ...\n"
        "@pytest.mark.clause('ORG-1')\n"
        "class TestTree:\n"
        "    def test_cycle(self): ...\n"
        "def not_a_test(): ...\n",
        encoding="utf-8",
    )
    assert [(clause, name) for clause, name, _ in proofs(tmp_path / "tests")] == [
        ("ATT-2", "tests/test_late.py::test_ladder"),
        ("ATT-3", "tests/test_late.py::test_ladder"),
        ("HRS-4", "tests/test_late.py::TestTree::test_cycle"),
        ("HRS-4", "tests/test_late.py::test_ladder"),
        ("ORG-1", "tests/test_late.py::TestTree::test_cycle"),
    ]
