"""The wordings of clauses for refusals, read from people's own rulebook."""

import sqlalchemy as sa
from bylaw_chassis.clause_words import ClauseWording
from bylaw_chassis.database import Database
from sqlalchemy.dialects import postgresql as pg

from bylaw_people.store.rulebook_tables import clause_revisions


def wordings_on_record(database: Database) -> list[ClauseWording]:
    """The wordings that count, of every clause: of several from the same date the last written."""
    columns = clause_revisions.c
    shown = (columns.clause, columns.effective_date, columns.zh, columns.en, columns.retired)
    newest = (columns.clause, columns.effective_date, columns.number.desc())
    statement = sa.select(*shown).order_by(*newest).ext(pg.distinct_on(columns.clause, columns.effective_date))
    with database.engine.connect() as connection:
        return [ClauseWording(*row) for row in connection.execute(statement)]
