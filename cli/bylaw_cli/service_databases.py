"""The schema and the role of each service: brought up to date, and the address a service signs in with."""

import os
from collections.abc import Mapping

from bylaw_chassis.keys import derived_key
from bylaw_chassis.migrate import Migrations, migrate, role_of
from sqlalchemy import make_url


def password_of(schema: str, master_key: str) -> str:
    """Return the password of a service's role: derived, so that it need not be kept anywhere."""
    return derived_key(master_key, f"database role {schema}").hex()


def service_url(admin_url: str, schema: str, master_key: str) -> str:
    """Return the address with which a service signs in to its own schema."""
    url = make_url(admin_url).set(username=role_of(schema), password=password_of(schema, master_key))
    return url.render_as_string(hide_password=False)


def service_urls(admin_url: str, master_key: str, schemas: Mapping[str, Migrations]) -> dict[str, str]:
    """Return those addresses by the services' names."""
    return {service: service_url(admin_url, kept.schema, master_key) for service, kept in schemas.items()}


def reached_urls(admin_url: str, master_key: str, schemas: Mapping[str, Migrations]) -> dict[str, str]:
    """Return those addresses for whoever looks on from outside: services that run apart have passwords of their own.

    Their addresses are then in the environment, as `bylaw migrate` reads them.
    """
    return {service: reached_url(admin_url, master_key, service, kept.schema) for service, kept in schemas.items()}


def reached_url(admin_url: str, master_key: str, service: str, schema: str) -> str:
    """Return one of those addresses."""
    return os.environ.get(f"BYLAW_{service.upper()}_DATABASE_URL") or service_url(admin_url, schema, master_key)


def bring_up_to_date(admin_url: str, master_key: str, schemas: Mapping[str, Migrations]) -> None:
    """Migrate each schema; safe to run again."""
    for kept in schemas.values():
        migrate(admin_url, kept, password=password_of(kept.schema, master_key))
