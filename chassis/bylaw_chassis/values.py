"""Values that rules and stores share: ids, resource names, civil dates and months."""

from datetime import date
from uuid import UUID

import uuid_utils

from bylaw_chassis.refusals import FieldInvalid


def new_id() -> UUID:
    """A new UUIDv7: ids of later things sort behind those of earlier ones."""
    return UUID(bytes=uuid_utils.uuid7().bytes)


def resource_name(collection: str, identifier: UUID | str | None) -> str:
    """`people/018f...`; empty where there is no identifier."""
    return f"{collection}/{identifier}" if identifier else ""


def resource_id(name: str, collection: str, *, field: str = "name") -> UUID:
    """The id in a resource name; refuses FIELD_INVALID when it is none of this collection."""
    prefix, slash, identifier = name.partition("/")
    if prefix == collection and slash:
        try:
            return UUID(identifier)
        except ValueError:
            pass
    raise FieldInvalid(
        field=field,
        zh=f"应为 {collection}/{{id}} 形式的资源名",
        en=f"expected a resource name such as {collection}/{{id}}",
    )


def optional_id(name: str, collection: str, *, field: str = "name") -> UUID | None:
    """The id in a resource name, or nothing for an empty one."""
    return resource_id(name, collection, field=field) if name else None


def civil_date(text: str, *, field: str) -> date:
    """A date written `YYYY-MM-DD`; refuses FIELD_INVALID for anything else."""
    try:
        if len(text) == len("2015-03-01"):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise FieldInvalid(
        field=field, zh="应为存在的日期，如 2015-03-01", en="expected an existing date such as 2015-03-01"
    )


def optional_date(text: str, *, field: str) -> date | None:
    """A date, or nothing for an empty text."""
    return civil_date(text, field=field) if text else None


def month_start(text: str, *, field: str = "month") -> date:
    """The first day of a month written `YYYY-MM`; refuses FIELD_INVALID for anything else."""
    try:
        if len(text) == len("2015-03"):
            return date.fromisoformat(f"{text}-01")
    except ValueError:
        pass
    raise FieldInvalid(field=field, zh="应为月份，如 2015-03", en="expected a month such as 2015-03")
