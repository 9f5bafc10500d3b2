"""The call that says what a scanner read."""

from dataclasses import dataclass
from typing import Any

from bylaw_chassis.call import Call
from bylaw_chassis.values import resource_id

from bylaw_inventory.messages.scanning import scanned_message
from bylaw_inventory.rules.goods.place import WAREHOUSES
from bylaw_inventory.use_cases.scanning.scan_code import ScanCode

READ = "inventory.codes.read"


@dataclass(frozen=True, slots=True)
class CodeCalls:
    """ScanCode."""

    scanning: ScanCode

    def ScanCode(self, request: Any, call: Call) -> Any:  # noqa: N802
        warehouse = resource_id(request.parent, WAREHOUSES, field="parent")
        return scanned_message(self.scanning.scan(warehouse, request.code, call.caller, call.caller.reach(READ)))
