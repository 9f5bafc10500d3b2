"""Who follows which pattern since when; no subject follows two on one day, the database sees to it."""

from bylaw_attendance.store.dated_choices import DatedChoices
from bylaw_attendance.store.tables import assignments

_kept = DatedChoices(assignments)
add, find, end, withdraw, go_on = _kept.add, _kept.find, _kept.end, _kept.withdraw, _kept.go_on
lock_subject, end_open_before, in_the_way = _kept.lock_subject, _kept.end_open_before, _kept.in_the_way
listed, between = _kept.listed, _kept.between
