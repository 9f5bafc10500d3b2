"""The calls on units, their heads and their deputies."""

from dataclasses import dataclass

from bylaw.people.v1 import organisation_pb2 as messages
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import civil_date, optional_date

from bylaw_people.events import unit_message
from bylaw_people.ports import Needs
from bylaw_people.rpc import reading
from bylaw_people.rpc.telling_history import headship_message, unit_version_message
from bylaw_people.rpc.unit_mask import wish_of
from bylaw_people.rules.organisation import Post
from bylaw_people.rules.tree import behind, parents_first
from bylaw_people.use_cases.appoint_head import HeadWish, appoint_head
from bylaw_people.use_cases.close_unit import close_unit, withdraw_unit_change
from bylaw_people.use_cases.create_unit import create_unit
from bylaw_people.use_cases.end_headship import end_headship
from bylaw_people.use_cases.finding import unit_view, unit_within
from bylaw_people.use_cases.forms import as_of, plain
from bylaw_people.use_cases.update_unit import update_unit
from bylaw_people.use_cases.withdraw_headship import withdraw_headship

READ = "people.units.read"


@dataclass(frozen=True)
class UnitCalls:
    """Units, as the contract has them."""

    needs: Needs
    tokens: PageTokens

    def CreateUnit(self, request: messages.CreateUnitRequest, call: Call) -> messages.Unit:  # noqa: N802
        version = reading.unit_version(request.unit, self.needs.today())
        return unit_message(create_unit(request.unit.code, version, call.caller, needs=self.needs))

    def GetUnit(self, request: messages.GetUnitRequest, call: Call) -> messages.Unit:  # noqa: N802
        today = self.needs.today()
        day, unit = as_of(request.as_of_date, today), reading.unit_id(request.name)
        with self.needs.store.read() as records:
            found = unit_within(records, unit, call.caller.reach(READ), today=day)
        return unit_message(unit_view(found, day))

    def ListUnits(self, request: messages.ListUnitsRequest, call: Call) -> messages.ListUnitsResponse:  # noqa: N802
        day, page = as_of(request.as_of_date, self.needs.today()), page_of(request, call, self.tokens)
        code = plain(request.code, field="code")
        with self.needs.store.read() as records:
            found = records.units.views(day, call.caller.reach(READ), code=code)
        units = behind(parents_first(found), page.after)
        shown = [unit_message(unit) for unit in units[: page.size]]
        return messages.ListUnitsResponse(units=shown, next_page_token=page.token(units, lambda unit: str(unit.id)))

    def UpdateUnit(self, request: messages.UpdateUnitRequest, call: Call) -> messages.Unit:  # noqa: N802
        return unit_message(update_unit(wish_of(request, self.needs.today()), call.caller, self.needs))

    def CloseUnit(self, request: messages.CloseUnitRequest, call: Call) -> messages.Unit:  # noqa: N802
        unit, last = reading.unit_id(request.name), civil_date(request.last_date, field="last_date")
        return unit_message(close_unit(unit, last, call.caller, needs=self.needs))

    def WithdrawUnitChange(self, request: messages.WithdrawUnitChangeRequest, call: Call) -> messages.Unit:  # noqa: N802
        unit, day = reading.unit_id(request.name), civil_date(request.effective_date, field="effective_date")
        return unit_message(withdraw_unit_change(unit, day, call.caller, needs=self.needs))

    def ListUnitVersions(  # noqa: N802
        self, request: messages.ListUnitVersionsRequest, call: Call
    ) -> messages.ListUnitVersionsResponse:
        unit, today = reading.unit_id(request.parent, field="parent"), self.needs.today()
        with self.needs.store.read() as records:
            found = unit_within(records, unit, call.caller.reach(READ), today=today)
            history = records.units.history(unit, superseded=request.show_superseded)
        return messages.ListUnitVersionsResponse(versions=[unit_version_message(found, one) for one in history])

    def AppointHead(self, request: messages.AppointHeadRequest, call: Call) -> messages.Unit:  # noqa: N802
        return self._appoint(request, request.head, Post.HEAD, call)

    def AppointDeputy(self, request: messages.AppointDeputyRequest, call: Call) -> messages.Unit:  # noqa: N802
        return self._appoint(request, request.deputy, Post.DEPUTY, call)

    def EndHeadship(self, request: messages.EndHeadshipRequest, call: Call) -> messages.Unit:  # noqa: N802
        unit, post = reading.unit_id(request.name), reading.post(deputy=request.deputy)
        last = civil_date(request.last_date, field="last_date")
        return unit_message(end_headship(unit, post, last, call.caller, needs=self.needs))

    def WithdrawHeadship(self, request: messages.WithdrawHeadshipRequest, call: Call) -> messages.Unit:  # noqa: N802
        unit, post = reading.unit_id(request.name), reading.post(deputy=request.deputy)
        day = civil_date(request.effective_date, field="effective_date")
        return unit_message(withdraw_headship(unit, post, day, call.caller, needs=self.needs))

    def ListHeadships(self, request: messages.ListHeadshipsRequest, call: Call) -> messages.ListHeadshipsResponse:  # noqa: N802
        unit, today = reading.unit_id(request.parent, field="parent"), self.needs.today()
        with self.needs.store.read() as records:
            unit_within(records, unit, call.caller.reach(READ), today=today)
            found = records.units.posts(unit, superseded=request.show_superseded)
        return messages.ListHeadshipsResponse(headships=[headship_message(post, one) for post, one in found])

    def _appoint(
        self, request: messages.AppointHeadRequest | messages.AppointDeputyRequest, person: str, post: Post, call: Call
    ) -> messages.Unit:
        wish = HeadWish(
            reading.unit_id(request.name),
            reading.person_id(person, field=post.value),
            civil_date(request.effective_date, field="effective_date"),
            optional_date(request.last_date, field="last_date"),
            post,
        )
        return unit_message(appoint_head(wish, call.caller, self.needs))
