"""Puts together what serves clocks that push; a part of `app.py`."""

from bylaw.attendance.v1 import pushing_pb2
from bylaw_chassis.member import Member
from bylaw_chassis.organisation import queries as organisation
from bylaw_chassis.server import Server

from bylaw_attendance.rpc.pushing import ClockLineCalls, PushingClockCalls
from bylaw_attendance.store import bulk, clock_commands, clocks, pushing
from bylaw_attendance.use_cases.finding import Finding
from bylaw_attendance.use_cases.letting_in import LettingIn
from bylaw_attendance.use_cases.meet_clock import MeetClock
from bylaw_attendance.use_cases.register_clock import RegisterClock
from bylaw_attendance.use_cases.take_pushed import TakePushed


def add_clocks(server: Server, own: Member, finding: Finding) -> None:
    """Adds the calls about clocks that push, and those of the clocks."""
    database, door = own.database, LettingIn(own.database, pushing)
    register = RegisterClock(database, finding, clocks, pushing, clock_commands)
    meet = MeetClock(database, door, organisation, pushing, clocks, clock_commands)
    take = TakePushed(database, own.follower, door, organisation, pushing, bulk)
    services = pushing_pb2.DESCRIPTOR.services_by_name
    server.add(services["PushingClocks"], PushingClockCalls(register))
    server.add(services["ClockLine"], ClockLineCalls(meet, take))
