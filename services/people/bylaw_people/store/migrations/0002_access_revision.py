"""How often what a person may do has changed: a token made before the last change counts no more."""  # noqa: INP001

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Adds the count."""
    op.execute("alter table people add column access_revision bigint not null default 0")


def downgrade() -> None:
    """Drops it."""
    op.drop_column("people", "access_revision")
