"""Swaps of the rota, with what became of each."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "attendance_0020"
down_revision = "attendance_0019"


def upgrade() -> None:
    """Makes the table."""
    op.execute("""
        create table rota_swaps (
            id uuid primary key, asker uuid not null, other uuid not null, days date[] not null,
            reason text not null, state smallint not null check (state between 1 and 5),
            revision integer not null default 1, asked_at timestamptz not null, agreed_at timestamptz,
            asker_consent_by text, asker_consent_at timestamptz, other_consent_by text, other_consent_at timestamptz,
            ended_by text, ended_at timestamptz, end_text text,
            constraint rota_swaps_of_two check (asker <> other),
            constraint rota_swaps_days check (cardinality(days) between 1 and 31),
            constraint rota_swaps_agreed check (state = 1 and agreed_at is null or state <> 1),
            constraint rota_swaps_consented check (
                num_nonnulls(asker_consent_by, asker_consent_at) <> 1
                and num_nonnulls(other_consent_by, other_consent_at) <> 1
            ),
            constraint rota_swaps_done_with_both check (
                state <> 3 or num_nonnulls(agreed_at, asker_consent_by, other_consent_by) = 3
            ),
            constraint rota_swaps_ended check (
                num_nonnulls(ended_at, ended_by, end_text) = case when state in (1, 2) then 0 else 3 end
            ),
            constraint rota_swaps_refused_for_a_reason check (state <> 4 or end_text <> '')
        );
        create index rota_swaps_of_asker on rota_swaps (asker);
        create index rota_swaps_of_other on rota_swaps (other);
        create index rota_swaps_waiting on rota_swaps (id) where state in (1, 2);
    """)


def downgrade() -> None:
    """Drops it; what was exchanged stays so."""
    op.drop_table("rota_swaps")
