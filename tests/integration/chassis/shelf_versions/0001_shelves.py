"""Shelves of units."""

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.execute("create table shelves (code text primary key, unit uuid not null)")
