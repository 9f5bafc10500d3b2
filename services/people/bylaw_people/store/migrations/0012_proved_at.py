"""When somebody who signed in proved who they are."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Of sessions with a password it is when they began; of the others nobody knows."""
    op.execute("""
        alter table sessions add column proved_at timestamptz;
        alter table oidc_flows add column proved_at timestamptz;
        update sessions set proved_at = started_at where methods ~ '\\ypwd\\y';
    """)


def downgrade() -> None:
    """Takes it away."""
    op.execute("""
        alter table oidc_flows drop column proved_at;
        alter table sessions drop column proved_at;
    """)
