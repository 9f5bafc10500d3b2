"""The rulebook that ships, each clause in its newest wording."""

from functools import cache

from bylaw_people.rulebook.book import Clause, shipped_book


@cache
def clauses() -> tuple[Clause, ...]:
    """Every clause once, in the rulebook's order; of several wordings the last."""
    return tuple({clause.id: clause for clause in shipped_book().clauses}.values())
