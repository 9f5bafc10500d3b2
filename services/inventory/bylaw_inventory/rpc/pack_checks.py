"""Calls about what is packed."""

from dataclasses import dataclass
from typing import Any

from bylaw.inventory.v1 import pack_checks_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.forms import line_of_text, optional_known
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import resource_id

from bylaw_inventory.messages.packing import pack_check_message, pack_rule_message, pack_scan_message
from bylaw_inventory.rules.goods.place import WAREHOUSES
from bylaw_inventory.rules.packing.check import PACK_CHECKS, PackCheck, PackState
from bylaw_inventory.rules.packing.pack_rule import PackRule
from bylaw_inventory.rules.packing.scan import PackScan
from bylaw_inventory.use_cases.forms import LONGEST_REASON, one_id
from bylaw_inventory.use_cases.packing.check_scans import CheckScans
from bylaw_inventory.use_cases.packing.keep_checks import KeepChecks
from bylaw_inventory.use_cases.packing.keep_rules import KeepPackRules
from bylaw_inventory.use_cases.packing.packing_forms import one_piece_asked, pack_rule_wish, pieces_asked, subject_asked

CHECK, READ = "inventory.pack_checks.check", "inventory.pack_checks.read"
SET, READ_RULES = "inventory.pack_rules.set", "inventory.pack_rules.read"


@dataclass(frozen=True, slots=True)
class PackCheckCalls:
    """StartPackCheck, CheckPackScan, CheckPackScans, ClosePackCheck, CallOffPackCheck, and the reads and rules."""

    checks: KeepChecks
    scans: CheckScans
    rules: KeepPackRules
    tokens: PageTokens

    def StartPackCheck(self, request: Any, call: Call) -> Any:  # noqa: N802
        warehouse, subject = resource_id(request.parent, WAREHOUSES, field="parent"), subject_asked(request)
        return pack_check_message(self.checks.start(warehouse, subject, call.caller, call.caller.reach(CHECK)))

    def CheckPackScan(self, request: Any, call: Call) -> Any:  # noqa: N802
        piece = one_piece_asked(request.piece, call.request_key)
        made = self.scans.one(resource_id(request.name, PACK_CHECKS), piece, call.caller, call.caller.reach(CHECK))
        return pack_check_message(made)

    def CheckPackScans(self, request: Any, call: Call) -> Any:  # noqa: N802
        identifier, pieces = resource_id(request.name, PACK_CHECKS), pieces_asked(request.pieces)
        check, scans = self.scans.many(identifier, pieces, call.caller, call.caller.reach(CHECK))
        return pack_checks_pb2.CheckPackScansResponse(
            pack_check=pack_check_message(check), pack_scans=map(pack_scan_message, scans)
        )

    def ClosePackCheck(self, request: Any, call: Call) -> Any:  # noqa: N802
        reason = line_of_text(request.reason, field="reason", longest=LONGEST_REASON, needed=False)
        identifier, reach = resource_id(request.name, PACK_CHECKS), call.caller.reach(CHECK)
        return pack_check_message(self.checks.close(identifier, reason, call.caller, reach))

    def CallOffPackCheck(self, request: Any, call: Call) -> Any:  # noqa: N802
        reason = line_of_text(request.reason, field="reason", longest=LONGEST_REASON)
        identifier, reach = resource_id(request.name, PACK_CHECKS), call.caller.reach(CHECK)
        return pack_check_message(self.checks.call_off(identifier, reason, call.caller, reach))

    def GetPackCheck(self, request: Any, call: Call) -> Any:  # noqa: N802
        return pack_check_message(self.checks.one(resource_id(request.name, PACK_CHECKS), call.caller.reach(READ)))

    def ListPackChecks(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        found = self.checks.listed(
            resource_id(request.parent, WAREHOUSES, field="parent"),
            call.caller.reach(READ),
            state=optional_known(request.state, PackState, field="state"),
            page=(one_id(page.position), page.limit),
        )
        return pack_checks_pb2.ListPackChecksResponse(
            pack_checks=map(pack_check_message, found[: page.size]), next_page_token=page.token(found, _by_id)
        )

    def ListPackScans(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        found = self.checks.scans_of(
            resource_id(request.parent, PACK_CHECKS, field="parent"),
            call.caller.reach(READ),
            refused=request.refused,
            page=(one_id(page.position), page.limit),
        )
        return pack_checks_pb2.ListPackScansResponse(
            pack_scans=map(pack_scan_message, found[: page.size]), next_page_token=page.token(found, _by_id)
        )

    def CreatePackRule(self, request: Any, call: Call) -> Any:  # noqa: N802
        wish = pack_rule_wish(request.pack_rule)
        return pack_rule_message(self.rules.set(wish, call.caller, call.caller.reach(SET)))

    def ListPackRules(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        warehouse = resource_id(request.parent, WAREHOUSES, field="parent")
        found = self.rules.listed(warehouse, call.caller.reach(READ_RULES), page=(one_id(page.position), page.limit))
        return pack_checks_pb2.ListPackRulesResponse(
            pack_rules=map(pack_rule_message, found[: page.size]), next_page_token=page.token(found, _by_id)
        )


def _by_id(listed: PackCheck | PackScan | PackRule) -> str:
    return str(listed.identifier)
