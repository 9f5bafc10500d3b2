"""What others may learn from attendance, as facts that leave with their commit."""

from bylaw.attendance.v1 import feed_pb2
from bylaw_chassis.database import Fact

from bylaw_attendance.messages import assignment_message, import_message
from bylaw_attendance.rules.assignment import Assignment
from bylaw_attendance.rules.imports import PunchImport


def punches_imported(made: PunchImport) -> Fact:
    """An import has ended."""
    event = feed_pb2.Event(punches_imported=import_message(made))
    return Fact("punches_imported", str(made.id), event.SerializeToString())


def pattern_assigned(made: Assignment) -> Fact:
    """A pattern was assigned, or an assignment ended."""
    event = feed_pb2.Event(pattern_assigned=assignment_message(made))
    return Fact("pattern_assigned", str(made.identifier), event.SerializeToString())
