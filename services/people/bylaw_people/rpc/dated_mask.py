"""Which fields of a position or a site an update changes, and what they become."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from bylaw.people.v1.organisation_pb2 import Position, Site, UpdatePositionRequest, UpdateSiteRequest
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import resource_id

from bylaw_people.rpc.reading import as_of, requirements, wording
from bylaw_people.rules.fields import both_languages
from bylaw_people.use_cases.dated_wish import DatedWish

Message = Position | Site
Read = Callable[[Any], object]
STEERING = frozenset({"name", "etag", "effective_date", "last_date", "versions"})
POSITION: Mapping[str, Read] = {
    "unit": lambda message: resource_id(message.unit, "units", field="position.unit"),
    "requirements": lambda message: requirements(message.requirements),
}
SITE: Mapping[str, Read] = {
    "time_zone": lambda message: message.time_zone,
    "calendar": lambda message: message.calendar,
}


def position_wish(request: UpdatePositionRequest, today: date) -> DatedWish:
    """What shall become of a position; without a mask the fields that are filled. Refuses FIELD_INVALID."""
    thing = resource_id(request.position.name, "positions", field="position.name")
    return _wish(thing, request, request.position, ("title", "duties", "work"), values=POSITION, today=today)


def site_wish(request: UpdateSiteRequest, today: date) -> DatedWish:
    """What shall become of a site; without a mask the fields that are filled. Refuses FIELD_INVALID."""
    thing = resource_id(request.site.name, "sites", field="site.name")
    return _wish(thing, request, request.site, ("title",), values=SITE, today=today)


def _wish(
    thing: UUID,
    request: UpdatePositionRequest | UpdateSiteRequest,
    message: Message,
    texts: tuple[str, ...],
    *,
    values: Mapping[str, Read],
    today: date,
) -> DatedWish:
    filled = (field.name for field, _ in message.ListFields())
    paths = frozenset(request.update_mask.paths) or frozenset(filled)
    wanted = {name: languages for name in texts if (languages := _languages(message, name, paths))}
    known = {path for name in texts for path in (name, f"{name}.zh", f"{name}.en")} | values.keys() | {"code"}
    for path in sorted(paths - known - STEERING):
        raise FieldInvalid(field="update_mask", zh=f"没有字段 {path[:64]}", en=f"there is no field {path[:64]}")
    prefix = "position" if isinstance(message, Position) else "site"
    return DatedWish(
        thing,
        as_of(message.effective_date, today, field=f"{prefix}.effective_date"),
        message.etag,
        texts=wanted,
        values={name: read(message) for name, read in values.items() if name in paths},
        kept={"code": message.code} if "code" in paths else {},
    )


def _languages(message: Message, name: str, paths: frozenset[str]) -> dict[str, str]:
    """What a text becomes in each language that is named; a title said in one language stands for both."""
    text = wording(getattr(message, name))
    if name == "title" and name in paths:
        text = both_languages(text)
    sent = {"zh": text.zh, "en": text.en}
    return {language: sent[language] for language in sent if paths & {name, f"{name}.{language}"}}
