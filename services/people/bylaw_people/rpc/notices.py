"""The calls on notices."""

from dataclasses import dataclass
from uuid import UUID

from bylaw.people.v1 import notices_pb2 as messages
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import optional_id, resource_id

from bylaw_people.ports import Needs
from bylaw_people.rpc import notice_messages as telling
from bylaw_people.rules.notices.notice import ReadNotice
from bylaw_people.rules.notices.preferences import Preferences
from bylaw_people.use_cases.forms import known_filter, one_id, optional_of, read_and_id, two_ids_and_text
from bylaw_people.use_cases.notices.mark_read import acknowledge, mark_read
from bylaw_people.use_cases.notices.prefer import set_preferences, show_preferences
from bylaw_people.use_cases.notices.send_notice import send_notice
from bylaw_people.use_cases.notices.show_notices import show_feed, show_notice, show_receipts
from bylaw_people.use_cases.notices.withdraw_notice import withdraw_notice


@dataclass(frozen=True, slots=True)
class NoticesRpc:
    """Notices, as the contract has it."""

    needs: Needs
    tokens: PageTokens

    def SendNotice(self, request: messages.SendNoticeRequest, call: Call) -> messages.Notice:  # noqa: N802
        notice = telling.new_notice(request.notice, call.caller.person, self.needs.clock())
        return telling.notice_message(ReadNotice(send_notice(notice, call.caller, self.needs)))

    def GetNotice(self, request: messages.GetNoticeRequest, call: Call) -> messages.Notice:  # noqa: N802
        return telling.notice_message(show_notice(_notice(request.name), call.caller, self.needs))

    def ListNotices(  # noqa: N802
        self, request: messages.ListNoticesRequest, call: Call
    ) -> messages.ListNoticesResponse:
        page, wanted = page_of(request, call, self.tokens), known_filter(telling.FILTERS, request.filter)
        found = show_feed(wanted, read_and_id(page.after), page.limit, caller=call.caller, needs=self.needs)
        return messages.ListNoticesResponse(
            notices=[telling.notice_message(read) for read in found.notices[: page.size]],
            next_page_token=page.token(found.notices, telling.place_of),
            unread_count=found.unread,
        )

    def MarkNoticeRead(self, request: messages.MarkNoticeReadRequest, call: Call) -> messages.Notice:  # noqa: N802
        return telling.notice_message(mark_read(_notice(request.name), call.caller, self.needs))

    def AcknowledgeNotice(  # noqa: N802
        self, request: messages.AcknowledgeNoticeRequest, call: Call
    ) -> messages.Notice:
        return telling.notice_message(acknowledge(_notice(request.name), call.caller, self.needs))

    def WithdrawNotice(self, request: messages.WithdrawNoticeRequest, call: Call) -> messages.Notice:  # noqa: N802
        withdrawn = withdraw_notice(_notice(request.name), call.caller, self.needs)
        return telling.notice_message(ReadNotice(withdrawn))

    def ListReceipts(  # noqa: N802
        self, request: messages.ListReceiptsRequest, call: Call
    ) -> messages.ListReceiptsResponse:
        page, notice = page_of(request, call, self.tokens), resource_id(request.parent, "notices", field="parent")
        after = one_id(page.after)
        found = show_receipts(
            notice, after, page.limit, unread_only=request.unread_only, caller=call.caller, needs=self.needs
        )
        return messages.ListReceiptsResponse(
            receipts=[telling.receipt_message(receipt) for receipt in found.receipts[: page.size]],
            next_page_token=page.token(found.receipts, lambda receipt: str(receipt.person)),
            addressee_count=found.counts.addressees,
            read_count=found.counts.read,
            acknowledged_count=found.counts.acknowledged,
        )

    def ListDeliveries(  # noqa: N802
        self, request: messages.ListDeliveriesRequest, call: Call
    ) -> messages.ListDeliveriesResponse:
        page, reach = page_of(request, call, self.tokens), call.caller.reach("people.deliveries.read")
        notice, state = (
            optional_id(request.notice, "notices", field="notice"),
            optional_of(telling.STATES, request.state, field="state"),
        )
        after, today = two_ids_and_text(page.after), self.needs.today()
        with self.needs.store.read() as records:
            found = records.deliveries.page(reach, today, notice=notice, state=state, after=after, limit=page.limit)
        return messages.ListDeliveriesResponse(
            deliveries=[telling.delivery_message(delivery) for delivery in found[: page.size]],
            next_page_token=page.token(found, telling.delivery_place_of),
        )

    def GetNoticePreferences(  # noqa: N802
        self,
        request: messages.GetNoticePreferencesRequest,  # noqa: ARG002
        call: Call,
    ) -> messages.NoticePreferences:
        return telling.preferences_message(show_preferences(call.caller, self.needs))

    def UpdateNoticePreferences(  # noqa: N802
        self, request: messages.UpdateNoticePreferencesRequest, call: Call
    ) -> messages.NoticePreferences:
        wish = Preferences(request.notice_preferences.language, request.notice_preferences.outward)
        return telling.preferences_message(set_preferences(wish, call.caller, self.needs))


def _notice(name: str) -> UUID:
    return resource_id(name, "notices")
