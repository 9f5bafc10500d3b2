"""Brings the schema of each service up to date and makes the first account; run before the services start.

Reads BYLAW_ADMIN_DATABASE_URL, BYLAW_<SERVICE>_DATABASE_URL, BYLAW_MASTER_KEY, and BYLAW_ADMINISTRATOR_LOGIN and
BYLAW_ADMINISTRATOR_PASSWORD. Safe to run again: an account that exists keeps its password.
"""

import os
import subprocess
import sys

from bylaw_people.app import PeopleSettings, build, create_administrator

SERVICES = ("people", "attendance", "inventory", "orders")


def migrate(service: str) -> None:
    """Run the service's own migration; raises where it fails."""
    url = os.environ[f"BYLAW_{service.upper()}_DATABASE_URL"]
    command = [sys.executable, "-m", f"bylaw_{service}", "migrate"]
    subprocess.run(command, check=True, env={**os.environ, "BYLAW_DATABASE_URL": url})  # noqa: S603 - our own command


def make_administrator() -> None:
    """Make the account with which everything else is set up."""
    settings = PeopleSettings(
        database_url=os.environ["BYLAW_PEOPLE_DATABASE_URL"], master_key=os.environ["BYLAW_MASTER_KEY"]
    )
    service = build(settings)
    try:
        create_administrator(
            service.database,
            login=os.environ["BYLAW_ADMINISTRATOR_LOGIN"],
            password=os.environ["BYLAW_ADMINISTRATOR_PASSWORD"],
            time_zone=settings.time_zone,
        )
    finally:
        service.close()


if __name__ == "__main__":
    for name in SERVICES:
        migrate(name)
    make_administrator()
