"""The clauses in the words that held, as people's feed tells them."""

from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Makes the table."""
    op.execute("""
        create table clause_wordings (
            clause text not null, effective_date date not null, zh text not null, en text not null,
            retired boolean not null, primary key (clause, effective_date)
        );
    """)


def downgrade() -> None:
    """Drops it."""
    op.drop_table("clause_wordings")
