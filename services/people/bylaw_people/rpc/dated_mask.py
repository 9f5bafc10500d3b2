"""Which fields of a position or a site an update changes, and what they become."""

from datetime import date

from bylaw.people.v1.organisation_pb2 import UpdatePositionRequest, UpdateSiteRequest
from bylaw_chassis.values import resource_id

from bylaw_people.rpc.reading import requirements, wording
from bylaw_people.use_cases.dated_wish import DatedWish
from bylaw_people.use_cases.forms import as_of
from bylaw_people.use_cases.masks import mask_of, text_paths

STEERING = frozenset({"name", "code", "etag", "effective_date", "last_date", "versions"})
POSITION = text_paths("title", "duties", "work") | {"unit", "requirements"} | STEERING
SITE = text_paths("title") | {"time_zone", "calendar"} | STEERING


def position_wish(request: UpdatePositionRequest, today: date) -> DatedWish:
    """What shall become of a position; without a mask the fields that are filled. Refuses FIELD_INVALID."""
    position, mask = request.position, mask_of(request.update_mask.paths, request.position, POSITION)
    texts = {"title": wording(position.title), "duties": wording(position.duties), "work": wording(position.work)}
    fields = {
        "unit": lambda: resource_id(position.unit, "units", field="position.unit"),
        "requirements": lambda: requirements(position.requirements),
    }
    return DatedWish(
        resource_id(position.name, "positions", field="position.name"),
        as_of(position.effective_date, today, field="position.effective_date"),
        position.etag,
        texts=mask.texts(texts, prefix="position"),
        values=mask.chosen(fields),
        kept=mask.chosen({"code": lambda: position.code}),
    )


def site_wish(request: UpdateSiteRequest, today: date) -> DatedWish:
    """What shall become of a site; without a mask the fields that are filled. Refuses FIELD_INVALID."""
    site, mask = request.site, mask_of(request.update_mask.paths, request.site, SITE)
    return DatedWish(
        resource_id(site.name, "sites", field="site.name"),
        as_of(site.effective_date, today, field="site.effective_date"),
        site.etag,
        texts=mask.texts({"title": wording(site.title)}, prefix="site"),
        values=mask.chosen({"time_zone": lambda: site.time_zone, "calendar": lambda: site.calendar}),
        kept=mask.chosen({"code": lambda: site.code}),
    )
