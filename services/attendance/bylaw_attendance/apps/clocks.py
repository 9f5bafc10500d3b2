"""Puts together what serves clocks that push; a part of `app.py`."""

from bylaw.attendance.v1 import pushing_pb2
from bylaw_chassis.database import Database
from bylaw_chassis.keys import derived_key
from bylaw_chassis.member import Member
from bylaw_chassis.organisation import queries as organisation
from bylaw_chassis.organisation.known import Refresher
from bylaw_chassis.server import Server

from bylaw_attendance.rpc.pushing import ClockLineCalls, PushingClockCalls
from bylaw_attendance.rules.clocks.clock_trust import ClockKeys
from bylaw_attendance.store import arrivals, bulk, clock_commands, clock_counts, clocks, pushing
from bylaw_attendance.use_cases.clocks.count_clock_days import CountClockDays
from bylaw_attendance.use_cases.clocks.meet_clock import MeetClock
from bylaw_attendance.use_cases.clocks.register_clock import RegisterClock
from bylaw_attendance.use_cases.clocks.take_clock_photo import TakeClockPhoto
from bylaw_attendance.use_cases.clocks.take_punches import TakePunches
from bylaw_attendance.use_cases.clocks.take_pushed import TakePushed
from bylaw_attendance.use_cases.letting_in import LettingIn
from bylaw_attendance.use_cases.sheets.finding import Finding


def add_clocks(server: Server, own: Member, finding: Finding, photos: TakeClockPhoto) -> None:
    """Adds the calls about clocks that push, and those of the clocks."""
    keys = ClockKeys(derived_key(own.settings.master_key.get_secret_value(), "clock-keys"))
    register = RegisterClock(own.database, finding, clocks, pushing, clock_commands, keys)
    services = pushing_pb2.DESCRIPTOR.services_by_name
    server.add(services["PushingClocks"], PushingClockCalls(register))
    server.add(services["ClockLine"], clock_line(own.database, own.follower, photos, keys))


def clock_line(database: Database, refresher: Refresher, photos: TakeClockPhoto, keys: ClockKeys) -> ClockLineCalls:
    """The calls of the clocks themselves."""
    door = LettingIn(database, pushing, keys)
    counting = CountClockDays(organisation, pushing, clock_commands, clock_counts)
    meet = MeetClock(database, door, organisation, pushing, clocks, clock_commands, photos.wanted, counting)
    punches = TakePunches(database, refresher, door, pushing, arrivals, bulk)
    return ClockLineCalls(meet, TakePushed(database, door, pushing, punches, photos))
