"""The calls on the organisation: units, positions and sites, what was recorded of them, and files."""

from datetime import UTC, datetime

from bylaw.people.v1 import organisation_pb2 as messages
from bylaw_chassis.call import Call
from bylaw_chassis.paging import page_size

from bylaw_people.ports.organisation import Sight
from bylaw_people.rpc import reading
from bylaw_people.rpc.positions import PositionCalls
from bylaw_people.rpc.sites import SiteCalls
from bylaw_people.rpc.telling_history import change_message
from bylaw_people.rpc.units import UnitCalls
from bylaw_people.use_cases.import_organisation import ImportWish, import_organisation


class OrganisationRpc(UnitCalls, PositionCalls, SiteCalls):
    """Organisation, as the contract has it."""

    def ListChanges(self, request: messages.ListChangesRequest, call: Call) -> messages.ListChangesResponse:  # noqa: N802
        size, position = page_size(request.page_size), self.tokens.open(request.page_token, request, call)
        before = (datetime.fromisoformat(position[0]), position[1]) if position else None
        since = request.since_time.ToDatetime(UTC) if request.HasField("since_time") else None
        sight = Sight(*(call.caller.reach(f"people.{name}.read") for name in ("staff", "units", "positions")))
        with self.needs.store.read() as records:
            found = records.changes.page(self.needs.today(), sight, since=since, before=before, limit=size + 1)
        token = ""
        if len(found) > size:
            last = found[size - 1]
            token = self.tokens.seal([last.recording.at.isoformat(), last.row], request, call)
        shown = [change_message(change) for change in found[:size]]
        return messages.ListChangesResponse(changes=shown, next_page_token=token)

    def ImportOrganisation(  # noqa: N802
        self, request: messages.ImportOrganisationRequest, call: Call
    ) -> messages.ImportOrganisationResponse:
        kind = reading.one_of(reading.FILE_KINDS, request.kind, field="kind")
        day = reading.as_of(request.effective_date, self.needs.today(), field="effective_date")
        wish = ImportWish(request.file.data, kind, day, site=request.site, parent_unit=request.parent_unit)
        outcome = import_organisation(wish, call.caller, self.needs)
        return messages.ImportOrganisationResponse(taken_count=outcome.taken, repeated_count=outcome.repeated)
