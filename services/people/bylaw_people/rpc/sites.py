"""The calls on sites."""

from dataclasses import dataclass
from uuid import UUID

from bylaw.people.v1 import organisation_pb2 as messages
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import civil_date, resource_id

from bylaw_people.events import site_message
from bylaw_people.ports import Needs
from bylaw_people.rpc import reading
from bylaw_people.rpc.dated_mask import site_wish
from bylaw_people.rpc.telling_history import site_version_message
from bylaw_people.use_cases.create_site import create_site
from bylaw_people.use_cases.finding import site_existing, site_view
from bylaw_people.use_cases.forms import as_of
from bylaw_people.use_cases.update_site import close_site, update_site, withdraw_site_change


@dataclass(frozen=True)
class SiteCalls:
    """Sites, as the contract has them."""

    needs: Needs
    tokens: PageTokens

    def CreateSite(self, request: messages.CreateSiteRequest, call: Call) -> messages.Site:  # noqa: N802
        return site_message(create_site(reading.site(request.site), call.caller, self.needs))

    def GetSite(self, request: messages.GetSiteRequest, call: Call) -> messages.Site:  # noqa: N802, ARG002
        day, site = as_of(request.as_of_date, self.needs.today()), _id(request.name)
        with self.needs.store.read() as records:
            return site_message(site_view(site_existing(records, site), day))

    def ListSites(self, request: messages.ListSitesRequest, call: Call) -> messages.ListSitesResponse:  # noqa: N802
        page, day = page_of(request, call, self.tokens), as_of(request.as_of_date, self.needs.today())
        with self.needs.store.read() as records:
            found = records.sites.page(day, after=page.after, limit=page.limit)
        shown = [site_message(site) for site in found[: page.size]]
        return messages.ListSitesResponse(sites=shown, next_page_token=page.token(found, lambda site: site.code))

    def UpdateSite(self, request: messages.UpdateSiteRequest, call: Call) -> messages.Site:  # noqa: N802
        return site_message(update_site(site_wish(request, self.needs.today()), call.caller, self.needs))

    def CloseSite(self, request: messages.CloseSiteRequest, call: Call) -> messages.Site:  # noqa: N802
        last = civil_date(request.last_date, field="last_date")
        return site_message(close_site(_id(request.name), last, call.caller, needs=self.needs))

    def WithdrawSiteChange(self, request: messages.WithdrawSiteChangeRequest, call: Call) -> messages.Site:  # noqa: N802
        day = civil_date(request.effective_date, field="effective_date")
        return site_message(withdraw_site_change(_id(request.name), day, call.caller, needs=self.needs))

    def ListSiteVersions(  # noqa: N802
        self,
        request: messages.ListSiteVersionsRequest,
        call: Call,  # noqa: ARG002
    ) -> messages.ListSiteVersionsResponse:
        site = _id(request.parent, field="parent")
        with self.needs.store.read() as records:
            found = site_existing(records, site)
            history = records.sites.history(site, superseded=request.show_superseded)
        return messages.ListSiteVersionsResponse(versions=[site_version_message(found, one) for one in history])


def _id(name: str, *, field: str = "name") -> UUID:
    return resource_id(name, "sites", field=field)
