"""Clocks registered with a communication key or networks: a serial number alone lets nobody in (ATT-1)."""

from collections.abc import Iterator

import grpc
import pytest
import sqlalchemy as sa
from bylaw.attendance.v1 import pushing_pb2
from bylaw_attendance.store.pushing_tables import pushing_clocks
from bylaw_chassis.call import body_digest
from bylaw_chassis.tables import request_keys

from tests.builders.attendance import AttendanceService
from tests.builders.people import reason
from tests.builders.terminal import Terminal
from tests.integration.attendance.pushing import PushingOffice, pushing_office, pushing_office_in

pytestmark = pytest.mark.clause("ATT-1")
REFUSED = (403, "CHECK COMMUNICATION KEY AND NETWORK\n")
KEY_WRONG, NETWORK_WRONG = pushing_pb2.CLOCK_TROUBLE_KIND_KEY_WRONG, pushing_pb2.CLOCK_TROUBLE_KIND_NETWORK_WRONG


BEGUN = {"office": pushing_office_in}


@pytest.fixture
def office(attendance: AttendanceService) -> Iterator[PushingOffice]:
    with pushing_office(attendance) as made:
        made.terminal.address = "10.8.0.21"
        yield made


def stranger(office: PushingOffice) -> Terminal:
    """Somebody on the same network who has read the serial number off the clock's back."""
    return Terminal(office.terminal.host, office.terminal.port, office.terminal.serial_number, address="10.8.0.99")


def test_whoever_knows_a_serial_number_without_its_key_can_neither_greet_nor_push_nor_ask(
    office: PushingOffice,
) -> None:
    office.register(communication_key="482913")
    office.terminal.key = "482913"
    office.terminal.hello()
    seen = office.clock.seen_time
    office.attendance.clock.pass_time(minutes=1)

    other = stranger(office)
    other.punch("1001", "2026-03-02 08:25:00")
    assert other.greet() == REFUSED
    assert other.upload() == REFUSED
    assert other.say("GET", f"getrequest?SN={other.serial_number}") == REFUSED
    assert other.say("POST", f"devicecmd?SN={other.serial_number}", b"ID=1&Return=0") == REFUSED
    other.key = "482914"
    assert other.greet() == REFUSED
    assert office.times() == []
    assert office.clock.seen_time == seen, "a stranger is no sign of the clock"
    (trouble,) = office.clock.troubles
    assert (trouble.kind, trouble.seen_count) == (KEY_WRONG, 5)

    office.terminal.punch("1001", "2026-03-02 08:25:00")
    assert office.terminal.upload() == (200, "OK: 1\n")
    assert office.clock.has_communication_key


def test_a_clock_that_gets_another_address_says_hello_again_and_loses_nothing(office: PushingOffice) -> None:
    office.register(communication_key="482913")
    office.terminal.key = "482913"
    office.terminal.hello()
    office.terminal.address = "10.8.0.22"
    office.terminal.punch("1001", "2026-03-02 08:25:00")
    assert office.terminal.upload() == REFUSED
    office.terminal.hello()
    assert office.terminal.upload() == (200, "OK: 1\n")


def test_a_key_that_is_not_spoken_of_stays_a_new_one_counts_at_once_and_an_empty_one_ends_it(
    office: PushingOffice,
) -> None:
    office.register(communication_key="482913")
    office.terminal.key = "482913"
    office.terminal.hello()
    office.register(allowed_lag_seconds=60)
    assert stranger(office).greet() == REFUSED
    assert office.terminal.poll() == []

    office.register(communication_key="771204")
    assert office.terminal.upload() == REFUSED
    office.register(communication_key="")
    assert not office.clock.has_communication_key
    assert office.terminal.upload() == (200, "OK: 0\n")


def test_a_clock_with_networks_is_refused_from_anywhere_else(office: PushingOffice) -> None:
    office.register(source_networks=["10.8.0.21", "10.9.0.0/16"])
    assert list(office.clock.source_networks) == ["10.8.0.21/32", "10.9.0.0/16"]
    office.terminal.hello()
    assert stranger(office).greet() == REFUSED
    assert office.trouble_kinds() == [NETWORK_WRONG]
    office.register()
    assert stranger(office).greet()[0] == 200


def test_the_key_itself_is_nowhere_on_record(office: PushingOffice) -> None:
    shown = office.register(communication_key="a key that is long enough".replace(" ", "-"))
    assert "long-enough" not in str(shown)
    with office.attendance.service.database.read() as connection:
        row = connection.execute(pushing_clocks.select()).one()
    assert b"long-enough" not in row.key_digest
    assert len(row.key_digest) == 32


@pytest.mark.parametrize(
    ("field", "wish"),
    [
        ("communication_key", {"communication_key": "123"}),
        ("communication_key", {"communication_key": "with space"}),
        ("source_networks", {"source_networks": ["10.8.0.21/24"]}),
        ("source_networks", {"source_networks": [f"10.8.{number}.0/24" for number in range(9)]}),
    ],
)
def test_what_is_no_key_and_no_network_is_refused_by_its_field(
    office: PushingOffice, field: str, wish: dict[str, object]
) -> None:
    with pytest.raises(grpc.RpcError, match=field) as refused:
        office.register(**wish)
    assert reason(refused.value) == "FIELD_INVALID"
    assert list(office.listed().clocks) == []


@pytest.mark.clause("SEC-1")
def test_no_key_of_six_digits_can_be_found_by_trying_from_what_is_kept_of_the_wish_to_register(
    office: PushingOffice,
) -> None:
    office.register(communication_key="482913", request_id="register-once")
    with office.attendance.service.database.read() as connection:
        kept = connection.execute(sa.select(request_keys.c.digest, request_keys.c.answer)).one()
    tried = pushing_pb2.RegisterClockRequest(site="HQ", serial_number=office.terminal.serial_number)
    tried.communication_key = "482913"
    assert bytes(kept.digest) != body_digest(tried)
    assert b"482913" not in bytes(kept.digest) + bytes(kept.answer)

    again = office.register(communication_key="482913", request_id="register-once")
    assert again.has_communication_key, "the same wish again is answered as the first time"
    with pytest.raises(grpc.RpcError) as refused:
        office.register(communication_key="482914", request_id="register-once")
    assert reason(refused.value) == "KEY_REUSED"
