"""No page stands alone: all are reached from the README, and decisions are numbered, listed and of one form."""

import re
from pathlib import Path

from tests.docs.pages import ROOT, page, pages

DECISIONS = ROOT / "docs" / "decisions"
PARTS = ["Context", "Choice", "Price", "What would change our mind"]


def targets(path: Path) -> set[Path]:
    """The pages that a page links to."""
    linked = {(path.parent / link.partition("#")[0]).resolve() for link in page(path).links if "://" not in link}
    return {target for target in linked if target.suffix == ".md" and target.exists()}


def test_every_page_is_reached_from_the_readme() -> None:
    reached: set[Path] = set()
    fresh = {ROOT / "README.md"}
    while fresh:
        reached |= fresh
        fresh = {target for path in fresh for target in targets(path)} - reached
    alone = [each.path.relative_to(ROOT).as_posix() for each in pages() if each.path not in reached]
    assert not alone


def test_decisions_are_numbered_without_a_gap_and_listed_in_order() -> None:
    files = sorted(DECISIONS.glob("[0-9]*.md"))
    assert [int(path.name[:4]) for path in files] == list(range(1, len(files) + 1))
    listed = [link for link in page(DECISIONS / "README.md").links if re.match(r"\d{4}-", link)]
    assert listed == [path.name for path in files]


def test_each_decision_states_context_choice_price_and_what_would_change_our_mind() -> None:
    for path in sorted(DECISIONS.glob("[0-9]*.md")):
        (depth, title), *parts = page(path).headings
        assert depth == 1
        assert title.startswith(f"{int(path.name[:4])}. ")
        assert [text for _, text in parts] == PARTS, path.name
