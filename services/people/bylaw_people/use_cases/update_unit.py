"""Changes a unit from any date on; each field holds until its next change on record, what held before stays."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from bylaw_chassis.caller import Caller
from bylaw_chassis.refusals import FieldNotWritable

from bylaw_people.events import unit_changed
from bylaw_people.ports import Needs, Records
from bylaw_people.rules import versions
from bylaw_people.rules.fields import Fields
from bylaw_people.rules.organisation import UnitKind, UnitRecord, UnitVersion, UnitView, Wording
from bylaw_people.rules.refusals import UnitChanged, UnitNeedsParent, UnitNotFound
from bylaw_people.rules.tree import require_sound
from bylaw_people.rules.versions import Rewriting
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
    """Refuses UNIT_NOT_FOUND, UNIT_CYCLE, UNIT_CLOSED, UNIT_CHANGED, FIELD_NOT_WRITABLE, FIELD_INVALID.

    A wish that changes nothing writes nothing.
    """
    reach, today = caller.reach(PERMISSION), needs.today()
    with needs.store.work(caller) as records:
        _lock_shape(records, wish, unit_within(records, wish.unit, reach, today=today))
        unit = unit_within(records, wish.unit, reach, today=today, lock=True)
        present = versions.present(unit.versions, wish.effective_date)
        if present is None:
            raise UnitNotFound
        _require_seen(unit, present, wish)
        version = _changed(present, wish)
        change = versions.change(unit.versions, version)
        if not unit.says_more(change):
            return unit_view(unit, wish.effective_date)
        _require_fit(version, stated=version.duties != present.duties)
        if wish.parent:
            unit_existing(records, wish.parent, reach, today=today, day=wish.effective_date)
        unit = rewrite_unit(records, unit, change, since=version.effective_date)
    return unit_view(unit, wish.effective_date)


def rewrite_unit(records: Records, unit: UnitRecord, rewriting: Rewriting[UnitVersion], *, since: date) -> UnitRecord:
    """Puts a change of a unit on record and tells others; refuses UNIT_CYCLE, UNIT_CLOSED."""
    changed = unit.rewritten(rewriting)
    if _parents(changed) != _parents(unit):
        tree = {record.id: record for record in records.units.records()}
        require_sound({**tree, unit.id: changed}, unit.id, since=since)
    records.units.rewrite([(changed, rewriting)])
    records.publish(unit_changed(changed))
    return changed


def _lock_shape(records: Records, wish: UnitWish, unit: UnitRecord) -> None:
    """Only what gives a unit a parent on some day concerns the rest of the tree."""
    if wish.parent or wish.effective_date < unit.versions[0].effective_date:
        records.units.lock_tree()


def _parents(unit: UnitRecord) -> list[tuple[date, UUID | None, bool]]:
    """Below what it stands since when, each change once."""
    found: list[tuple[date, UUID | None, bool]] = []
    for version in unit.versions:
        if not found or found[-1][1:] != (version.parent, version.closed):
            found.append((version.effective_date, version.parent, version.closed))
    return found


def _require_seen(unit: UnitRecord, present: UnitVersion, wish: UnitWish) -> None:
    if wish.etag and wish.etag != str(unit.revision):
        raise UnitChanged
    day = wish.effective_date
    posts = {"head": unit.head_on(day), "deputy": unit.deputy_on(day), "last_date": unit.last_day(present)}
    known = {"code": unit.code, "kind": present.kind, **posts}
    for name, sent in sorted(wish.kept.items()):
        if sent != known[name]:
            raise FieldNotWritable(field=f"unit.{name}")
    if wish.top and present.kind is not UnitKind.COMPANY:
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


def _require_fit(version: UnitVersion, *, stated: bool) -> None:
    """Duties that are `stated` anew are not taken away (ORG-2); a unit that a file made may have none yet."""
    fields = Fields()
    fields.title("unit.title", version.title)
    (fields.stated_duties if stated else fields.duties)("unit.duties", version.duties)
    fields.require()
