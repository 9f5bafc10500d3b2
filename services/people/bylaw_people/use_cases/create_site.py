"""Adds a site: a place with its zone and its official calendar."""

from bylaw_chassis.caller import Caller

from bylaw_people.events import site_changed
from bylaw_people.ports import Needs
from bylaw_people.rules.fields import Fields, require_site
from bylaw_people.rules.organisation import SiteRecord, SiteView
from bylaw_people.rules.refusals import SiteCodeTaken
from bylaw_people.use_cases.finding import require_everywhere, site_view


def create_site(site: SiteRecord, caller: Caller, needs: Needs) -> SiteView:
    """Refuses SITE_CODE_TAKEN, TIME_ZONE_UNKNOWN, CALENDAR_UNKNOWN, FIELD_INVALID."""
    require_everywhere(caller, "people.sites.create")
    first = site.versions[0]
    fields = Fields()
    fields.code("site.code", site.code)
    fields.title("site.title", first.title)
    fields.require()
    require_site(first, needs.knows_zone, knows_calendar=needs.knows_calendar)
    with needs.store.work(caller) as records:
        if not records.sites.add(site):
            raise SiteCodeTaken(site_code=site.code)
        records.publish(site_changed(site, needs.today()))
    return site_view(site, first.effective_date)
