"""Adds a site: a place with its zone and its official calendar."""

from bylaw_chassis.caller import Caller

from bylaw_people.events import site_changed
from bylaw_people.ports import Needs
from bylaw_people.rules.fields import Fields, require_site
from bylaw_people.rules.organisation import Site
from bylaw_people.rules.refusals import SiteCodeTaken
from bylaw_people.use_cases.finding import require_everywhere


def create_site(site: Site, caller: Caller, needs: Needs) -> Site:
    """Refuses SITE_CODE_TAKEN, TIME_ZONE_UNKNOWN, CALENDAR_UNKNOWN, FIELD_INVALID."""
    require_everywhere(caller, "people.sites.create")
    fields = Fields()
    fields.code("site.code", site.code)
    fields.title("site.title", site.title)
    fields.require()
    require_site(site, needs.knows_zone)
    with needs.store.work(caller) as records:
        if not records.sites.add(site):
            raise SiteCodeTaken(site_code=site.code)
        records.publish(site_changed(site))
    return site
