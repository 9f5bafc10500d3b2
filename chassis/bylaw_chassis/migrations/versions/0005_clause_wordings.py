"""The clauses in the words that held, as people's feed tells them."""

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Makes the tables."""


def downgrade() -> None:
    """Drops them."""
