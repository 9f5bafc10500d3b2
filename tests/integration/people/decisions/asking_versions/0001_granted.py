"""What the asking service of the tests does when a decision is agreed."""

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.execute("create table granted (subject text not null, decision uuid not null)")
