"""Which leave policies hold for whom since when; of one subject no policy holds in two versions on one day."""

from bylaw_attendance.rules.leave.leave_held import COLLECTION
from bylaw_attendance.store.dated_choices import DatedChoices
from bylaw_attendance.store.leave_assignment_tables import leave_assignments

_kept = DatedChoices(leave_assignments, together=("subject", "name"), collection=COLLECTION)
add, find, end, withdraw, go_on = _kept.add, _kept.find, _kept.end, _kept.withdraw, _kept.go_on
lock_subject, end_open_before, in_the_way = _kept.lock_subject, _kept.end_open_before, _kept.in_the_way
listed, between, every_between = _kept.listed, _kept.between, _kept.every_between
