"""Which fields of a unit an update changes; what only the service writes may be sent back as it was, not otherwise."""

from collections.abc import Mapping
from datetime import date

from bylaw.people.v1.organisation_pb2 import Unit, UpdateUnitRequest
from bylaw_chassis.refusals import FieldInvalid
from bylaw_chassis.values import optional_date, optional_id, resource_id

from bylaw_people.events import UNIT_KINDS
from bylaw_people.rpc.reading import as_of, one_of, unit_id, wording
from bylaw_people.rules.fields import both_languages
from bylaw_people.use_cases.update_unit import UnitWish

TEXTS = {
    "title": ("title_zh", "title_en"),
    "title.zh": ("title_zh",),
    "title.en": ("title_en",),
    "duties": ("duties_zh", "duties_en"),
    "duties.zh": ("duties_zh",),
    "duties.en": ("duties_en",),
}
STEERING = frozenset({"name", "etag", "effective_date"})
KEPT = frozenset({"code", "kind", "head", "deputy", "last_date"})


def wish_of(request: UpdateUnitRequest, today: date) -> UnitWish:
    """What shall become of the unit; without a mask the fields that are filled. Refuses FIELD_INVALID."""
    unit, paths = request.unit, _paths(request)
    return UnitWish(
        unit_id(unit.name, field="unit.name"),
        as_of(unit.effective_date, today, field="unit.effective_date"),
        unit.etag,
        texts=_texts(unit, paths),
        parent=resource_id(unit.parent, "units", field="unit.parent") if "parent" in paths and unit.parent else None,
        top="parent" in paths and not unit.parent,
        kept=_kept(unit, paths),
    )


def _paths(request: UpdateUnitRequest) -> frozenset[str]:
    paths = frozenset(request.update_mask.paths) or frozenset(field.name for field, _ in request.unit.ListFields())
    for path in sorted(paths - TEXTS.keys() - STEERING - KEPT - {"parent"}):
        raise FieldInvalid(field="update_mask", zh=f"没有字段 {path[:64]}", en=f"there is no field {path[:64]}")
    return paths


def _texts(unit: Unit, paths: frozenset[str]) -> Mapping[str, str]:
    title, duties = wording(unit.title), wording(unit.duties)
    if "title" in paths:
        title = both_languages(title)
    sent = {"title_zh": title.zh, "title_en": title.en, "duties_zh": duties.zh, "duties_en": duties.en}
    return {field: sent[field] for path in paths & TEXTS.keys() for field in TEXTS[path]}


def _kept(unit: Unit, paths: frozenset[str]) -> Mapping[str, object]:
    """What was sent of the fields that cannot change, to be compared with what they are."""
    kind = one_of(UNIT_KINDS, unit.kind, field="unit.kind") if "kind" in paths else None
    sent = {
        "code": unit.code,
        "kind": kind,
        "head": optional_id(unit.head, "people", field="unit.head"),
        "deputy": optional_id(unit.deputy, "people", field="unit.deputy"),
        "last_date": optional_date(unit.last_date, field="unit.last_date"),
    }
    return {field: sent[field] for field in paths & KEPT}
