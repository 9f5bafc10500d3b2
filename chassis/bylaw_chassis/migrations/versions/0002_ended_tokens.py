"""Tokens that ended before their time: sessions that were signed out, people whose access changed."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute("""
        create table ended_tokens (
            subject uuid primary key, below_revision bigint, ended_at timestamptz not null
        );
        create index ended_tokens_ended_at on ended_tokens (ended_at);
    """)


def downgrade() -> None:
    op.drop_table("ended_tokens")
