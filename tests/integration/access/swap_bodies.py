"""Sound requests about swaps of the rota: a day of rest on a Tuesday of its own for each number."""

from datetime import date

from bylaw.attendance.v1 import swaps_pb2
from google.protobuf.message import Message

from tests.builders.attendance import BY_ROTA, cell
from tests.integration.access.conftest import Department
from tests.integration.access.leave_bodies import working

FIRST_DAY = date(2026, 3, 10)


def swap_wished(department: Department, number: int) -> Message:
    """A colleague's day of rest, which is published for it."""
    day, colleague = f"{working(FIRST_DAY, number % 350)}", department.colleague.name
    department.suite.attendance.publish(department.own.name, cell(colleague, day, "rest", pattern=BY_ROTA))
    wish = swaps_pb2.RotaSwap(other_person=colleague, work_dates=[day], reason="x")
    return swaps_pb2.CreateRotaSwapRequest(rota_swap=wish)
