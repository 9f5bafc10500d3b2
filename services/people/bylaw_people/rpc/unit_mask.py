"""Which fields of a unit an update changes; what only the service writes may be sent back as it was, not otherwise."""

from collections.abc import Callable, Mapping
from datetime import date

from bylaw.people.v1.organisation_pb2 import Unit, UpdateUnitRequest
from bylaw_chassis.values import optional_date, optional_id

from bylaw_people.events import UNIT_KINDS
from bylaw_people.rpc.reading import unit_id, wording
from bylaw_people.use_cases.forms import as_of, one_of
from bylaw_people.use_cases.masks import Mask, mask_of, text_paths
from bylaw_people.use_cases.update_unit import UnitWish

STEERING = frozenset({"name", "etag", "effective_date"})
KEPT = frozenset({"code", "kind", "head", "deputy", "last_date"})
KNOWN = text_paths("title", "duties") | STEERING | KEPT | {"parent"}


def wish_of(request: UpdateUnitRequest, today: date) -> UnitWish:
    """What shall become of the unit; without a mask the fields that are filled. Refuses FIELD_INVALID."""
    unit, mask = request.unit, mask_of(request.update_mask.paths, request.unit, KNOWN)
    return UnitWish(
        unit_id(unit.name, field="unit.name"),
        as_of(unit.effective_date, today, field="unit.effective_date"),
        unit.etag,
        texts=_texts(unit, mask),
        parent=mask.value("parent", lambda: optional_id(unit.parent, "units", field="unit.parent")),
        top=mask.names("parent") and not unit.parent,
        kept=mask.chosen(_kept(unit)),
    )


def _texts(unit: Unit, mask: Mask) -> Mapping[str, str]:
    changed = mask.texts({"title": wording(unit.title), "duties": wording(unit.duties)}, prefix="unit")
    return {f"{name}_{language}": text for name, said in changed.items() for language, text in said.items()}


def _kept(unit: Unit) -> Mapping[str, Callable[[], object]]:
    """What was sent of the fields that cannot change, to be compared with what they are."""
    return {
        "code": lambda: unit.code,
        "kind": lambda: one_of(UNIT_KINDS, unit.kind, field="unit.kind"),
        "head": lambda: optional_id(unit.head, "people", field="unit.head"),
        "deputy": lambda: optional_id(unit.deputy, "people", field="unit.deputy"),
        "last_date": lambda: optional_date(unit.last_date, field="unit.last_date"),
    }
