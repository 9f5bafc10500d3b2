"""The calls on the organisation: units, positions and sites, what was recorded of them, and files."""

from bylaw.people.v1 import organisation_pb2 as messages
from bylaw_chassis.call import Call
from bylaw_chassis.paging import page_of

from bylaw_people.ports.organisation import Sight
from bylaw_people.rpc import reading
from bylaw_people.rpc.positions import PositionCalls
from bylaw_people.rpc.sites import SiteCalls
from bylaw_people.rpc.telling_history import change_message
from bylaw_people.rpc.units import UnitCalls
from bylaw_people.use_cases.forms import as_of, instant_and_text, one_of, optional_instant
from bylaw_people.use_cases.import_organisation import ImportWish, import_organisation


class OrganisationRpc(UnitCalls, PositionCalls, SiteCalls):
    """Organisation, as the contract has it."""

    def ListChanges(self, request: messages.ListChangesRequest, call: Call) -> messages.ListChangesResponse:  # noqa: N802
        page, since = page_of(request, call, self.tokens), optional_instant(request, "since_time")
        before = instant_and_text(page.after)
        sight = Sight(*(call.caller.reach(f"people.{name}.read") for name in ("staff", "units", "positions", "sites")))
        with self.needs.store.read() as records:
            found = records.changes.page(self.needs.today(), sight, since=since, before=before, limit=page.limit)
        shown = [change_message(change) for change in found[: page.size]]
        token = page.token(found, lambda change: f"{change.recording.at.isoformat()} {change.row}")
        return messages.ListChangesResponse(changes=shown, next_page_token=token)

    def ImportOrganisation(  # noqa: N802
        self, request: messages.ImportOrganisationRequest, call: Call
    ) -> messages.ImportOrganisationResponse:
        kind = one_of(reading.FILE_KINDS, request.kind, field="kind")
        day = as_of(request.effective_date, self.needs.today(), field="effective_date")
        wish = ImportWish(request.file.data, kind, day, site=request.site, parent_unit=request.parent_unit)
        outcome = import_organisation(wish, call.caller, self.needs)
        return messages.ImportOrganisationResponse(taken_count=outcome.taken, repeated_count=outcome.repeated)
