"""Sessions, personal access tokens, service accounts, second factors and external identities."""  # noqa: INP001 - Alembic reads a folder of scripts

from alembic import op

revision = "0005"
down_revision = "0004"

DIGEST = "bytea primary key check (octet_length(digest) = 32)"


def upgrade() -> None:
    """Makes the tables."""
    op.execute(f"""
        alter table people add column email text unique;
        alter table people add column service_account boolean not null default false;
        alter table people add check (not service_account or login is null);
        alter table sign_in_failures add column first_at timestamptz not null default now();
        alter table signing_keys add column withdrawn_at timestamptz;
        create table sessions (
            id uuid primary key, person uuid not null references people, methods text not null,
            device text not null default '', address text not null default '', started_at timestamptz not null,
            used_at timestamptz not null, ends_at timestamptz not null, ended_at timestamptz, ended_by uuid,
            end_reason text not null default '', check (used_at >= started_at),
            check ((ended_at is null) = (end_reason = ''))
        );
        create index sessions_person on sessions (person) where ended_at is null;
        create index sessions_ends on sessions (ends_at);
        create table refresh_tokens (
            digest {DIGEST}, session uuid not null references sessions on delete cascade,
            issued_at timestamptz not null, used_at timestamptz
        );
        create index refresh_tokens_session on refresh_tokens (session);
        create table second_factors (
            person uuid primary key references people, wrapped_secret bytea not null, begun_at timestamptz not null,
            confirmed_at timestamptz, last_step bigint not null default 0
        );
        create table recovery_codes (
            digest {DIGEST}, person uuid not null references second_factors on delete cascade, used_at timestamptz
        );
        create index recovery_codes_person on recovery_codes (person);
        create table access_tokens (
            id uuid primary key, person uuid not null references people,
            digest bytea not null unique check (octet_length(digest) = 32), title text not null,
            permissions text[] not null, created_at timestamptz not null, created_by uuid,
            ends_at timestamptz not null, used_at timestamptz, revoked_at timestamptz, revoked_by uuid,
            check (ends_at > created_at and ends_at <= created_at + interval '368 days')
        );
        create index access_tokens_person on access_tokens (person);
        create table service_accounts (
            id uuid primary key references people, code text not null unique, title_zh text not null,
            title_en text not null, owner uuid not null references people, end_date date not null,
            recorded_at timestamptz not null, recorded_by uuid, ended_at timestamptz, ended_by uuid
        );
        create table account_locks (
            person uuid primary key references people, locked_at timestamptz not null, locked_by uuid
        );
        create table oidc_flows (
            digest {DIGEST}, begun_at timestamptz not null, redeemed_at timestamptz, person uuid references people,
            finished_at timestamptz, check (finished_at is null or redeemed_at is not null)
        );
        create table oidc_identities (
            issuer text not null, subject text not null, person uuid not null references people,
            linked_at timestamptz not null, primary key (issuer, subject), unique (issuer, person)
        );
    """)


def downgrade() -> None:
    """Drops them."""
    for table in (
        "oidc_identities", "oidc_flows", "account_locks", "service_accounts", "access_tokens", "recovery_codes",
        "second_factors", "refresh_tokens", "sessions",
    ):  # fmt: skip
        op.drop_table(table)
    op.drop_column("signing_keys", "withdrawn_at")
    op.drop_column("sign_in_failures", "first_at")
    op.drop_column("people", "service_account")
    op.drop_column("people", "email")
