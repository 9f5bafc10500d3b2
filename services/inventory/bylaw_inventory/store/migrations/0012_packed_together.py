"""Parcels with the goods of several issues, and what reservations are packed with."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "inventory_0012"
down_revision = "inventory_0011"


def upgrade() -> None:
    """Makes room for the other issues."""
    op.execute("""
        alter table parcels add column more uuid[] not null default '{}';
        create index parcels_packed_with on parcels using gin (more);
        alter table reservations add column packed_with text not null default '';
    """)


def downgrade() -> None:
    """Takes it away; what was packed together is told no more."""
    op.execute("""
        alter table reservations drop column packed_with;
        alter table parcels drop column more;
    """)
