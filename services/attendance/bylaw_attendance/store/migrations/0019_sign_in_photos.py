"""Photos by which people sign in, without their images."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "attendance_0019"
down_revision = "attendance_0018"


def upgrade() -> None:
    """Makes the table."""
    op.execute("""
        create table sign_in_photos (
            id uuid primary key, person uuid not null, instant timestamptz not null, day date not null,
            utc_offset_minutes smallint not null, time_zone text not null,
            direction smallint not null check (direction between 0 and 2), device text not null,
            content_type text not null check (content_type in ('image/jpeg', 'image/png')),
            digest bytea not null check (length(digest) = 32), size_bytes integer not null check (size_bytes > 0),
            state smallint not null check (state between 1 and 5), received_at timestamptz not null,
            ended_at timestamptz, ended_by text, end_text text, punch uuid, purged_at timestamptz,
            constraint sign_in_photos_ended check (
                case when state = 1 then num_nonnulls(ended_at, ended_by, end_text) = 0
                    else num_nonnulls(ended_at, ended_by, end_text) = 3 end
            ),
            constraint sign_in_photos_refused_for_a_reason check (state <> 3 or end_text <> ''),
            constraint sign_in_photos_prove_a_punch check ((state = 2) = (punch is not null)),
            constraint sign_in_photos_purged_once_over check (purged_at is null or state <> 1)
        );
        create unique index sign_in_photos_once on sign_in_photos (person, digest);
        create index sign_in_photos_of_a_day on sign_in_photos (person, day);
        create index sign_in_photos_waiting on sign_in_photos (received_at) where state = 1;
        create index sign_in_photos_with_image on sign_in_photos (ended_at) where state <> 1 and purged_at is null;
    """)


def downgrade() -> None:
    """Drops it; the punches that photos became stay."""
    op.drop_table("sign_in_photos")
