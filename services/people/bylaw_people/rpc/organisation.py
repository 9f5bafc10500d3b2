"""The calls on units, positions and sites."""

from dataclasses import dataclass

from bylaw.people.v1 import organisation_pb2 as messages
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens
from bylaw_chassis.values import civil_date, resource_id

from bylaw_people.events import site_message, unit_message
from bylaw_people.ports import Needs
from bylaw_people.rpc import reading
from bylaw_people.rpc.pages import page_of
from bylaw_people.rpc.telling import position_message
from bylaw_people.rpc.unit_mask import wish_of
from bylaw_people.rules.tree import behind, parents_first
from bylaw_people.use_cases.appoint_head import appoint_head
from bylaw_people.use_cases.create_position import create_position
from bylaw_people.use_cases.create_site import create_site
from bylaw_people.use_cases.create_unit import create_unit
from bylaw_people.use_cases.finding import site_existing, unit_view, unit_within
from bylaw_people.use_cases.import_organisation import ImportWish, import_organisation
from bylaw_people.use_cases.update_unit import update_unit


@dataclass(frozen=True, slots=True)
class OrganisationRpc:
    """Organisation, as the contract has it."""

    needs: Needs
    tokens: PageTokens

    def CreateUnit(self, request: messages.CreateUnitRequest, call: Call) -> messages.Unit:  # noqa: N802
        version = reading.unit_version(request.unit, self.needs.today())
        return unit_message(create_unit(request.unit.code, version, call.caller, needs=self.needs))

    def GetUnit(self, request: messages.GetUnitRequest, call: Call) -> messages.Unit:  # noqa: N802
        today = self.needs.today()
        day, unit = reading.as_of(request.as_of_date, today), reading.unit_id(request.name)
        with self.needs.store.read() as records:
            found = unit_within(records, unit, call.caller.reach("people.units.read"), today=day)
        return unit_message(unit_view(found, day))

    def ListUnits(self, request: messages.ListUnitsRequest, call: Call) -> messages.ListUnitsResponse:  # noqa: N802
        day, page = reading.as_of(request.as_of_date, self.needs.today()), page_of(request, call, self.tokens)
        code = reading.plain(request.code, field="code")
        with self.needs.store.read() as records:
            found = records.units.views(day, call.caller.reach("people.units.read"), code=code)
        units = behind(parents_first(found), page.after)
        shown = [unit_message(unit) for unit in units[: page.size]]
        return messages.ListUnitsResponse(units=shown, next_page_token=page.token(units, lambda unit: str(unit.id)))

    def UpdateUnit(self, request: messages.UpdateUnitRequest, call: Call) -> messages.Unit:  # noqa: N802
        return unit_message(update_unit(wish_of(request, self.needs.today()), call.caller, self.needs))

    def AppointHead(self, request: messages.AppointHeadRequest, call: Call) -> messages.Unit:  # noqa: N802
        unit, person = reading.unit_id(request.name), reading.person_id(request.head, field="head")
        day = civil_date(request.effective_date, field="effective_date")
        return unit_message(appoint_head(unit, person, day, caller=call.caller, needs=self.needs))

    def CreatePosition(self, request: messages.CreatePositionRequest, call: Call) -> messages.Position:  # noqa: N802
        return position_message(create_position(reading.position(request.position), call.caller, self.needs))

    def ListPositions(  # noqa: N802
        self, request: messages.ListPositionsRequest, call: Call
    ) -> messages.ListPositionsResponse:
        page, reach = page_of(request, call, self.tokens), call.caller.reach("people.positions.read")
        with self.needs.store.read() as records:
            found = records.positions.page(self.needs.today(), reach, after=page.after, limit=page.limit)
        shown = [position_message(position) for position in found[: page.size]]
        token = page.token(found, lambda position: position.code)
        return messages.ListPositionsResponse(positions=shown, next_page_token=token)

    def CreateSite(self, request: messages.CreateSiteRequest, call: Call) -> messages.Site:  # noqa: N802
        return site_message(create_site(reading.site(request.site), call.caller, self.needs))

    def GetSite(self, request: messages.GetSiteRequest, call: Call) -> messages.Site:  # noqa: N802, ARG002
        with self.needs.store.read() as records:
            return site_message(site_existing(records, resource_id(request.name, "sites")))

    def ListSites(self, request: messages.ListSitesRequest, call: Call) -> messages.ListSitesResponse:  # noqa: N802
        page = page_of(request, call, self.tokens)
        with self.needs.store.read() as records:
            found = records.sites.page(after=page.after, limit=page.limit)
        shown = [site_message(site) for site in found[: page.size]]
        return messages.ListSitesResponse(sites=shown, next_page_token=page.token(found, lambda site: site.code))

    def ImportOrganisation(  # noqa: N802
        self, request: messages.ImportOrganisationRequest, call: Call
    ) -> messages.ImportOrganisationResponse:
        kind = reading.one_of(reading.FILE_KINDS, request.kind, field="kind")
        day = reading.as_of(request.effective_date, self.needs.today(), field="effective_date")
        wish = ImportWish(request.file.data, kind, day, site=request.site, parent_unit=request.parent_unit)
        outcome = import_organisation(wish, call.caller, self.needs)
        return messages.ImportOrganisationResponse(taken_count=outcome.taken, repeated_count=outcome.repeated)
