"""Changes, closes and takes back changes of sites, from any date; a zone or calendar holds from its date on."""

from datetime import date
from uuid import UUID

from bylaw_chassis.caller import Caller

from bylaw_people.events import site_changed
from bylaw_people.ports import Needs, Records
from bylaw_people.rules import versions
from bylaw_people.rules.dated_refusals import SiteChanged, SiteInUse
from bylaw_people.rules.fields import Fields, require_site
from bylaw_people.rules.organisation import SiteRecord, SiteVersion, SiteView
from bylaw_people.rules.refusals import SiteNotFound
from bylaw_people.rules.versions import ONE_DAY, Rewriting
from bylaw_people.use_cases.dated_wish import DatedWish
from bylaw_people.use_cases.finding import require_everywhere, site_existing, site_view

PERMISSION = "people.sites.update"


def update_site(wish: DatedWish, caller: Caller, needs: Needs) -> SiteView:
    """Refuses SITE_NOT_FOUND, TIME_ZONE_UNKNOWN, CALENDAR_UNKNOWN, SITE_CHANGED, FIELD_NOT_WRITABLE, FIELD_INVALID."""
    require_everywhere(caller, PERMISSION)
    with needs.store.work(caller) as records:
        site = site_existing(records, wish.thing, lock=True)
        present = versions.present(site.versions, wish.effective_date)
        if present is None:
            raise SiteNotFound
        wish.require_seen(site, changed=SiteChanged, prefix="site")
        version = wish.of(present)
        fields = Fields()
        fields.title("site.title", version.title)
        fields.require()
        require_site(version, needs.knows_zone, knows_calendar=needs.knows_calendar)
        site = _rewritten(records, site, versions.change(site.versions, version), today=needs.today())
        return site_view(site, wish.effective_date)


def close_site(site_id: UUID, last_date: date, caller: Caller, *, needs: Needs) -> SiteView:
    """Refuses SITE_NOT_FOUND, SITE_IN_USE."""
    require_everywhere(caller, PERMISSION)
    with needs.store.work(caller) as records:
        site = site_existing(records, site_id, lock=True)
        rewriting = versions.close(site.versions, last_date)
        if rewriting is None:
            raise SiteNotFound
        people = records.sites.people_after(site.id, last_date)
        if people:
            raise SiteInUse(site_code=site.code, date=last_date + ONE_DAY, people=people)
        return site_view(_rewritten(records, site, rewriting, today=needs.today()), last_date)


def withdraw_site_change(site_id: UUID, day: date, caller: Caller, *, needs: Needs) -> SiteView:
    """Refuses SITE_NOT_FOUND, CHANGE_NOT_FOUND, FIRST_CHANGE_STAYS."""
    require_everywhere(caller, PERMISSION)
    with needs.store.work(caller) as records:
        site = site_existing(records, site_id, lock=True)
        change = versions.withdraw(site.versions, day)
        return site_view(_rewritten(records, site, change, today=needs.today()), day)


def _rewritten(records: Records, site: SiteRecord, change: Rewriting[SiteVersion], *, today: date) -> SiteRecord:
    """The site with a change; one that changes nothing writes nothing."""
    if not site.says_more(change):
        return site
    changed = site.rewritten(change)
    records.sites.rewrite(changed, change)
    records.publish(site_changed(changed, today))
    return changed
