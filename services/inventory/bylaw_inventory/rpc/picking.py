"""The call that shows what is picked."""

from dataclasses import dataclass
from typing import Any

from bylaw_chassis.call import Call
from bylaw_chassis.values import resource_id

from bylaw_inventory.messages.picking import picking_message
from bylaw_inventory.rules.reserving.reservation import RESERVATIONS
from bylaw_inventory.use_cases.picking.show_picking import ShowPicking

READ = "inventory.reservations.read"


@dataclass(frozen=True, slots=True)
class PickingCalls:
    """GetPickingList."""

    picking: ShowPicking

    def GetPickingList(self, request: Any, call: Call) -> Any:  # noqa: N802
        reservation = resource_id(request.name.removesuffix("/pickingList"), RESERVATIONS)
        return picking_message(self.picking.one(reservation, call.caller.reach(READ)))
