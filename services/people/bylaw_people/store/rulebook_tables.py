"""The tables of the rulebook, as the migration made them."""

import sqlalchemy as sa

from bylaw_people.store.tables import Instant, Uuid, metadata

clauses = sa.Table(
    "clauses",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("service", sa.Text),
    sa.Column("kind", sa.Text),
    sa.Column("position", sa.Integer),
    sa.Column("revision", sa.BigInteger),
    sa.Column("recorded_at", Instant),
    sa.Column("recorded_by", Uuid),
)
clause_revisions = sa.Table(
    "clause_revisions",
    metadata,
    sa.Column("clause", sa.Text, primary_key=True),
    sa.Column("number", sa.BigInteger, primary_key=True),
    sa.Column("effective_date", sa.Date),
    sa.Column("zh", sa.Text),
    sa.Column("en", sa.Text),
    sa.Column("origin", sa.Text),
    sa.Column("reason", sa.Text),
    sa.Column("retired", sa.Boolean),
    sa.Column("recorded_at", Instant),
    sa.Column("recorded_by", Uuid),
)
"""Everything that was ever written of a clause; nothing in it changes."""

rulebook_editions = sa.Table("rulebook_editions", metadata, sa.Column("edition", sa.Integer, primary_key=True))
"""The editions of the rulebook that ships which were taken in."""
