"""Calls about delivery notes and tolerances."""

from dataclasses import dataclass
from typing import Any

from bylaw.inventory.v1 import delivery_notes_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import resource_id

from bylaw_inventory.messages.receiving import note_message, rule_message
from bylaw_inventory.rules.goods.item import ITEMS
from bylaw_inventory.rules.goods.place import WAREHOUSES
from bylaw_inventory.rules.receiving.note import NOTES, DeliveryNote
from bylaw_inventory.rules.receiving.tolerance import ReceivingRule
from bylaw_inventory.use_cases.forms import one_id
from bylaw_inventory.use_cases.receiving.keep_notes import KeepNotes
from bylaw_inventory.use_cases.receiving.keep_rules import KeepReceivingRules
from bylaw_inventory.use_cases.receiving.receiving_forms import note_wish, reason_asked, state_asked, tolerance_asked

CREATE, END, READ = (f"inventory.delivery_notes.{verb}" for verb in ("create", "end", "read"))
SET_RULE, READ_RULES = "inventory.receiving_rules.set", "inventory.receiving_rules.read"


@dataclass(frozen=True, slots=True)
class DeliveryNoteCalls:
    """CreateDeliveryNote, Get, List, CallOff, Close, Reopen; SetReceivingRule, ListReceivingRules."""

    notes: KeepNotes
    rules: KeepReceivingRules
    tokens: PageTokens

    def CreateDeliveryNote(self, request: Any, call: Call) -> Any:  # noqa: N802
        wish = note_wish(request.delivery_note)
        return note_message(self.notes.create(wish, call.caller, call.caller.reach(CREATE)))

    def GetDeliveryNote(self, request: Any, call: Call) -> Any:  # noqa: N802
        return note_message(self.notes.one(resource_id(request.name, NOTES), call.caller.reach(READ)))

    def ListDeliveryNotes(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        warehouse, state = resource_id(request.parent, WAREHOUSES, field="parent"), state_asked(request.state)
        place = one_id(page.position), page.limit
        found = self.notes.listed(warehouse, call.caller.reach(READ), state, page=place)
        return delivery_notes_pb2.ListDeliveryNotesResponse(
            delivery_notes=map(note_message, found[: page.size]), next_page_token=page.token(found, _by_id)
        )

    def CallOffDeliveryNote(self, request: Any, call: Call) -> Any:  # noqa: N802
        return self._ended(self.notes.call_off, request, call)

    def CloseDeliveryNote(self, request: Any, call: Call) -> Any:  # noqa: N802
        return self._ended(self.notes.close, request, call)

    def ReopenDeliveryNote(self, request: Any, call: Call) -> Any:  # noqa: N802
        identifier, reason = resource_id(request.name, NOTES), reason_asked(request.reason)
        return note_message(self.notes.reopen(identifier, reason, call.caller.reach(END)))

    def SetReceivingRule(self, request: Any, call: Call) -> Any:  # noqa: N802
        made = self.rules.set(
            resource_id(request.parent, WAREHOUSES, field="parent"),
            resource_id(request.item, ITEMS, field="item"),
            tolerance_asked(request),
            caller=call.caller,
            reach=call.caller.reach(SET_RULE),
        )
        return rule_message(made)

    def ListReceivingRules(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        warehouse = resource_id(request.parent, WAREHOUSES, field="parent")
        place = one_id(page.position), page.limit
        found = self.rules.listed(warehouse, call.caller.reach(READ_RULES), page=place)
        return delivery_notes_pb2.ListReceivingRulesResponse(
            receiving_rules=map(rule_message, found[: page.size]), next_page_token=page.token(found, _by_item)
        )

    def _ended(self, end: Any, request: Any, call: Call) -> Any:
        identifier, reason = resource_id(request.name, NOTES), reason_asked(request.reason)
        return note_message(end(identifier, reason, call.caller, call.caller.reach(END)))


def _by_id(listed: DeliveryNote) -> str:
    return str(listed.identifier)


def _by_item(listed: ReceivingRule) -> str:
    return str(listed.item)
