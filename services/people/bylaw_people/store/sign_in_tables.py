"""The tables of signing in: sessions, refresh tokens, second factors, access tokens, external identities."""

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql as pg

from bylaw_people.store.tables import Instant, Uuid, metadata

sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("id", Uuid, primary_key=True),
    sa.Column("person", Uuid),
    sa.Column("methods", sa.Text),
    sa.Column("device", sa.Text),
    sa.Column("address", sa.Text),
    sa.Column("started_at", Instant),
    sa.Column("used_at", Instant),
    sa.Column("ends_at", Instant),
    sa.Column("ended_at", Instant),
    sa.Column("ended_by", Uuid),
    sa.Column("end_reason", sa.Text),
    sa.Column("proved_at", Instant),
)
"""A sign-in and all its refreshes; `methods` are parted by blanks."""

refresh_tokens = sa.Table(
    "refresh_tokens",
    metadata,
    sa.Column("digest", sa.LargeBinary, primary_key=True),
    sa.Column("session", Uuid),
    sa.Column("issued_at", Instant),
    sa.Column("used_at", Instant),
)
"""SHA-256 of each refresh token a session had, the spent ones included: a spent one that comes again is a theft."""

second_factors = sa.Table(
    "second_factors",
    metadata,
    sa.Column("person", Uuid, primary_key=True),
    sa.Column("wrapped_secret", sa.LargeBinary),
    sa.Column("begun_at", Instant),
    sa.Column("confirmed_at", Instant),
    sa.Column("last_step", sa.BigInteger),
)
recovery_codes = sa.Table(
    "recovery_codes",
    metadata,
    sa.Column("digest", sa.LargeBinary, primary_key=True),
    sa.Column("person", Uuid),
    sa.Column("used_at", Instant),
)
access_tokens = sa.Table(
    "access_tokens",
    metadata,
    sa.Column("id", Uuid, primary_key=True),
    sa.Column("person", Uuid),
    sa.Column("digest", sa.LargeBinary),
    sa.Column("title", sa.Text),
    sa.Column("permissions", pg.ARRAY(sa.Text)),
    sa.Column("created_at", Instant),
    sa.Column("created_by", Uuid),
    sa.Column("ends_at", Instant),
    sa.Column("used_at", Instant),
    sa.Column("revoked_at", Instant),
    sa.Column("revoked_by", Uuid),
)
service_accounts = sa.Table(
    "service_accounts",
    metadata,
    sa.Column("id", Uuid, primary_key=True),
    sa.Column("code", sa.Text),
    sa.Column("title_zh", sa.Text),
    sa.Column("title_en", sa.Text),
    sa.Column("owner", Uuid),
    sa.Column("end_date", sa.Date),
    sa.Column("recorded_at", Instant),
    sa.Column("recorded_by", Uuid),
    sa.Column("ended_at", Instant),
    sa.Column("ended_by", Uuid),
)
"""Its id is that of its row in people: grants and access tokens hang on that."""

account_locks = sa.Table(
    "account_locks",
    metadata,
    sa.Column("person", Uuid, primary_key=True),
    sa.Column("locked_at", Instant),
    sa.Column("locked_by", Uuid),
)
oidc_flows = sa.Table(
    "oidc_flows",
    metadata,
    sa.Column("digest", sa.LargeBinary, primary_key=True),
    sa.Column("begun_at", Instant),
    sa.Column("redeemed_at", Instant),
    sa.Column("person", Uuid),
    sa.Column("finished_at", Instant),
    sa.Column("proved_at", Instant),
)
oidc_identities = sa.Table(
    "oidc_identities",
    metadata,
    sa.Column("issuer", sa.Text, primary_key=True),
    sa.Column("subject", sa.Text, primary_key=True),
    sa.Column("person", Uuid),
    sa.Column("linked_at", Instant),
)
