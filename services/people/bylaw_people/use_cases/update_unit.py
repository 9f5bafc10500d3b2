"""Changes a unit from a date on; what held before stays on record."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from bylaw_chassis.caller import Caller
from bylaw_chassis.refusals import FieldNotWritable

from bylaw_people.events import unit_changed
from bylaw_people.ports import Needs, Records
from bylaw_people.rules.fields import Fields
from bylaw_people.rules.organisation import UnitKind, UnitRecord, UnitVersion, UnitView, Wording
from bylaw_people.rules.refusals import UnitChanged, UnitNeedsParent
from bylaw_people.rules.tree import require_no_cycle
from bylaw_people.use_cases.finding import unit_existing, unit_view, unit_within

PERMISSION = "people.units.update"


@dataclass(frozen=True, slots=True)
class UnitWish:
    """What shall become of a unit.

    `texts` are the texts that change (title_zh, title_en, duties_zh, duties_en); `parent` is nothing where it stays,
    `top` asks for none; `kept` is what the caller sent of fields that cannot change; `etag` is what the caller saw.
    """

    unit: UUID
    effective_date: date
    etag: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    parent: UUID | None = None
    top: bool = False
    kept: Mapping[str, object] = field(default_factory=dict)


def update_unit(wish: UnitWish, caller: Caller, needs: Needs) -> UnitView:
    """Refuses UNIT_NOT_FOUND, UNIT_CYCLE, UNIT_CHANGED, FIELD_NOT_WRITABLE, FIELD_INVALID.

    A wish that changes nothing writes nothing.
    """
    reach, today = caller.reach(PERMISSION), needs.today()
    with needs.store.work(caller) as records:
        if wish.parent:
            records.units.lock_tree()
        unit = unit_within(records, wish.unit, reach, today=today, lock=True)
        present = unit_view(unit, wish.effective_date)
        _require_seen(unit, present, wish)
        version = _changed(present.version, wish)
        if version == replace(present.version, effective_date=wish.effective_date):
            return present
        if wish.parent:
            unit_existing(records, wish.parent, reach, today=today, day=wish.effective_date)
        _require_fit(records, unit, version)
        unit = unit.with_version(version)
        records.units.add_versions([(unit, version)])
        records.publish(unit_changed(unit))
    return unit_view(unit, wish.effective_date)


def _require_seen(unit: UnitRecord, present: UnitView, wish: UnitWish) -> None:
    if wish.etag and wish.etag != str(unit.revision):
        raise UnitChanged
    known = {"code": present.code, "kind": present.version.kind, "head": present.head}
    for name, sent in sorted(wish.kept.items()):
        if sent != known[name]:
            raise FieldNotWritable(field=f"unit.{name}")
    if wish.top and present.version.kind is not UnitKind.COMPANY:
        raise UnitNeedsParent


def _changed(present: UnitVersion, wish: UnitWish) -> UnitVersion:
    texts = wish.texts
    return replace(
        present,
        effective_date=wish.effective_date,
        title=Wording(texts.get("title_zh", present.title.zh), texts.get("title_en", present.title.en)),
        duties=Wording(texts.get("duties_zh", present.duties.zh), texts.get("duties_en", present.duties.en)),
        parent=wish.parent or present.parent,
    )


def _require_fit(records: Records, unit: UnitRecord, version: UnitVersion) -> None:
    fields = Fields()
    fields.title("unit.title", version.title)
    fields.duties("unit.duties", version.duties)
    fields.require()
    if version.parent != unit.versions[-1].parent:
        require_no_cycle(records.units.records(), unit.id, version)
