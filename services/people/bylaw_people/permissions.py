"""Every permission that the contracts of the suite know, read from the `access` option of their calls."""

from collections.abc import Iterator

from bylaw.attendance.v1 import feed_pb2 as attendance_feed
from bylaw.attendance.v1 import policies_pb2, punches_pb2, sheets_pb2
from bylaw.people.v1 import access_pb2, feed_pb2, organisation_pb2, rulebook_pb2, sign_in_pb2, staff_pb2
from bylaw_chassis.access import access_rule

CONTRACT_FILES = (
    access_pb2,
    feed_pb2,
    organisation_pb2,
    rulebook_pb2,
    sign_in_pb2,
    staff_pb2,
    attendance_feed,
    policies_pb2,
    punches_pb2,
    sheets_pb2,
)


def known_permissions() -> frozenset[str]:
    """The permissions of all calls."""
    return frozenset(_stated())


def _stated() -> Iterator[str]:
    for file in CONTRACT_FILES:
        for service in file.DESCRIPTOR.services_by_name.values():
            for method in service.methods:
                rule = access_rule(method)
                if rule.permission:
                    yield rule.permission
