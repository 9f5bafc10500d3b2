"""Clocks at the gateway: the networks they may come from, what they are answered, what is never handed on."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
import pytest
from bylaw.attendance.v1 import pushing_pb2, pushing_pb2_grpc
from bylaw_gateway import GatewaySettings, create_app
from bylaw_gateway.clock_line import BODY_BYTES, CLOCK_LINE
from bylaw_gateway.clock_words import greeting, zone
from flask.testing import FlaskClient

SERIAL = "BYLAW0001"


class Line(pushing_pb2_grpc.ClockLineServicer):
    """A service that keeps what it is asked; of the serial number AWAY1 it is not there."""

    def __init__(self) -> None:
        self.heard: list[Any] = []

    def _hear(self, request: Any, context: Any) -> None:
        self.heard.append(request)
        if request.serial_number == "AWAY1":
            context.abort(grpc.StatusCode.UNAVAILABLE, "away")
        if request.communication_key == "wrong":
            context.abort(grpc.StatusCode.PERMISSION_DENIED, "not trusted")
        if request.serial_number != SERIAL:
            context.abort(grpc.StatusCode.NOT_FOUND, "unknown")

    def GreetClock(self, request: Any, context: Any) -> Any:  # noqa: N802
        self._hear(request, context)
        return pushing_pb2.GreetClockResponse(utc_offset_minutes=330, stamp="7", operation_stamp="8")

    def RecordPushed(self, request: Any, context: Any) -> Any:  # noqa: N802
        self._hear(request, context)
        return pushing_pb2.RecordPushedResponse(line_count=request.content.count(b"\n"))

    def PollClock(self, request: Any, context: Any) -> Any:  # noqa: N802
        self._hear(request, context)
        return pushing_pb2.PollClockResponse(
            commands=[pushing_pb2.ClockCommand(number=4, text="DATA QUERY ATTLOG"), pushing_pb2.ClockCommand(number=5)]
        )

    def AnswerCommands(self, request: Any, context: Any) -> Any:  # noqa: N802
        self._hear(request, context)
        return pushing_pb2.AnswerCommandsResponse()


def plain(**more: str) -> GatewaySettings:
    """Settings without the contract's comments, which take longer to read than all else of a gateway to build."""
    return GatewaySettings.model_validate({"contract_path": os.devnull, **more})


@pytest.fixture
def line() -> Line:
    return Line()


@pytest.fixture
def channel(line: Line) -> Iterator[grpc.Channel]:
    server = grpc.server(ThreadPoolExecutor(2))
    pushing_pb2_grpc.add_ClockLineServicer_to_server(line, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    with grpc.insecure_channel(f"127.0.0.1:{port}") as made:
        yield made
    server.stop(0)


@pytest.fixture
def client(channel: grpc.Channel) -> FlaskClient:
    return create_app({CLOCK_LINE: channel}, plain()).test_client()


def test_a_hello_is_told_to_send_at_once_and_photos_are_not_asked_for(client: FlaskClient) -> None:
    text = client.get(f"/iclock/cdata?SN={SERIAL}&options=all").text
    assert text.startswith(f"GET OPTION FROM: {SERIAL}\nATTLOGStamp=7\nOPERLOGStamp=8\nATTPHOTOStamp=None\n")
    assert "\nRealtime=1\n" in text
    assert "\nTimeZone=330\n" in text
    assert "AttPhoto" not in text


@pytest.mark.parametrize(("minutes", "told"), [(480, 8), (0, 0), (-300, -5), (330, 330), (-210, -210)])
def test_a_zone_of_whole_hours_is_told_in_hours_and_one_of_part_hours_in_minutes(minutes: int, told: int) -> None:
    assert zone(minutes) == told


@pytest.mark.parametrize("ending", ["", ".aspx"])
def test_lines_are_handed_on_as_they_are_and_their_number_is_answered(
    client: FlaskClient, line: Line, ending: str
) -> None:
    body = b"1\t2026-03-02 08:00:00\t0\t1\n2\t2026-03-02 08:00:00\t0\t1\n\xd5\xc5\n"
    answer = client.post(f"/iclock/cdata{ending}?SN={SERIAL}&table=ATTLOG&Stamp=5", data=body)
    assert (answer.status_code, answer.text) == (200, "OK: 3\n")
    assert answer.content_type == "text/plain; charset=utf-8"
    asked = line.heard[0]
    assert (asked.content, asked.stamp, asked.table) == (body, "5", pushing_pb2.PUSHED_TABLE_PUNCHES)


def test_a_form_is_handed_on_as_it_is_too(client: FlaskClient, line: Line) -> None:
    client.post(f"/iclock/cdata?SN={SERIAL}&table=ATTLOG", data={"data": "1\t2026-03-02 08:00:00"})
    assert line.heard[0].content.startswith(b"data=1%09")


def test_commands_are_told_a_line_each_and_their_answers_handed_on(client: FlaskClient, line: Line) -> None:
    assert client.get(f"/iclock/getrequest?SN={SERIAL}").text == "C:4:DATA QUERY ATTLOG\nC:5:\n"
    assert client.post(f"/iclock/devicecmd?SN={SERIAL}", data=b"ID=4&Return=0").text == "OK\n"
    assert line.heard[1].content == b"ID=4&Return=0"


@pytest.mark.parametrize("serial", ["", "x", "OTHER1", "a b", "%00%00%00%00", "x" * 33])
def test_an_unknown_serial_number_is_an_unknown_device_and_an_impossible_one_is_never_asked_for(
    client: FlaskClient, line: Line, serial: str
) -> None:
    answer = client.get(f"/iclock/getrequest?SN={serial}")
    assert (answer.status_code, answer.text) == (403, "UNKNOWN DEVICE\n")
    assert [request.serial_number for request in line.heard] == [one for one in [serial] if one == "OTHER1"]


@pytest.mark.parametrize("name", ["pushcommkey", "PushCommKey"])
def test_a_communication_key_is_handed_on_and_one_that_is_wrong_answered_in_one_line(
    client: FlaskClient, line: Line, name: str
) -> None:
    client.get(f"/iclock/cdata?SN={SERIAL}&options=all&{name}=482913")
    assert line.heard[0].communication_key == "482913"
    answer = client.get(f"/iclock/cdata?SN={SERIAL}&options=all&{name}=wrong")
    assert (answer.status_code, answer.text) == (403, "CHECK COMMUNICATION KEY AND NETWORK\n")


def test_a_clock_is_told_to_come_again_while_attendance_is_away(client: FlaskClient) -> None:
    answer = client.post("/iclock/cdata?SN=AWAY1&table=ATTLOG", data=b"1\n")
    assert (answer.status_code, answer.text) == (503, "ERROR: TRY AGAIN\n")


def test_a_body_beyond_the_limit_is_refused_and_attendance_is_told_of_it(client: FlaskClient, line: Line) -> None:
    answer = client.post(f"/iclock/cdata?SN={SERIAL}&table=ATTLOG", data=b"x" * (BODY_BYTES + 1))
    assert (answer.status_code, answer.text) == (413, "ERROR: BODY_TOO_LARGE\n")
    assert (line.heard[0].too_large, line.heard[0].content) == (True, b"")


def test_a_photo_is_handed_on_and_answered_without_a_count(client: FlaskClient, line: Line) -> None:
    assert client.post(f"/iclock/cdata?SN={SERIAL}&table=ATTPHOTO", data=b"PIN=x\0\xff\xd8").text == "OK\n"
    assert (line.heard[0].table, line.heard[0].content) == (pushing_pb2.PUSHED_TABLE_PHOTOS, b"PIN=x\0\xff\xd8")


@pytest.mark.parametrize("query", ["", "&table=ATTPHOTO", "&table=attphoto&Stamp=1"])
@pytest.mark.parametrize("ending", ["", ".aspx"])
def test_a_photo_at_the_address_for_files_is_a_photo_whether_or_not_it_is_called_so(
    client: FlaskClient, line: Line, query: str, ending: str
) -> None:
    answer = client.post(f"/iclock/fdata{ending}?SN={SERIAL}{query}", data=b"PIN=x\0\xff\xd8")
    assert (answer.status_code, answer.text) == (200, "OK\n")
    assert (line.heard[0].table, line.heard[0].content) == (pushing_pb2.PUSHED_TABLE_PHOTOS, b"PIN=x\0\xff\xd8")


@pytest.mark.parametrize(("serial", "table", "stamp"), [("sn", "table", "stamp"), ("Sn", "TABLE", "STAMP")])
def test_the_names_of_a_query_may_be_written_in_any_case(
    client: FlaskClient, line: Line, serial: str, table: str, stamp: str
) -> None:
    answer = client.post(f"/iclock/cdata?{serial}={SERIAL}&{table}=attlog&{stamp}=5", data=b"1\t2026-03-02 08:00:00\n")
    assert (answer.status_code, answer.text) == (200, "OK: 1\n")
    assert (line.heard[0].serial_number, line.heard[0].stamp) == (SERIAL, "5")
    assert client.get(f"/iclock/cdata?{serial}={SERIAL}&Options=all").text.startswith(f"GET OPTION FROM: {SERIAL}\n")
    assert client.get(f"/iclock/getrequest?{serial}={SERIAL}").text.startswith("C:4:")


def test_of_two_serial_numbers_the_first_is_the_clock(client: FlaskClient, line: Line) -> None:
    client.get(f"/iclock/getrequest?sn={SERIAL}&SN=OTHER1")
    assert [request.serial_number for request in line.heard] == [SERIAL]


def test_a_clock_is_asked_for_photos_where_they_are_kept() -> None:
    told = {"utc_offset_minutes": 480, "stamp": "", "operation_stamp": ""}
    assert "TransFlag=TransData AttLog\tOpLog\tAttPhoto\n" in greeting(SERIAL, photos=True, **told)
    assert "AttPhoto" not in greeting(SERIAL, photos=False, **told)


def test_tables_that_are_not_ours_are_answered_and_not_handed_on(client: FlaskClient, line: Line) -> None:
    for table in ("options", "BIODATA", ""):
        assert client.post(f"/iclock/cdata?SN={SERIAL}&table={table}", data=b"\xff\xd8").text == "OK\n"
    assert client.get(f"/iclock/ping?SN={SERIAL}").text == "OK\n"
    assert client.get(f"/iclock/cdata?SN={SERIAL}&table=RemoteAtt&PIN=1").text == "OK\n"
    assert line.heard == []


@pytest.mark.parametrize(
    ("address", "networks", "status"),
    [
        ("192.168.1.20", None, 200),
        ("::1", None, 200),
        ("::ffff:10.0.0.9", None, 200),
        ("8.8.8.8", None, 403),
        ("2001:db8::1", None, 403),
        ("192.168.1.20", "10.1.0.0/16", 403),
        ("10.1.2.3", "10.1.0.0/16", 200),
        ("127.0.0.1", "", 403),
    ],
)
def test_clocks_come_from_private_networks_unless_others_are_named(
    channel: grpc.Channel, line: Line, address: str, networks: str | None, status: int
) -> None:
    settings = plain() if networks is None else plain(clock_networks=networks)
    client = create_app({CLOCK_LINE: channel}, settings).test_client()
    answer = client.get(f"/iclock/getrequest?SN={SERIAL}", environ_base={"REMOTE_ADDR": address})
    assert answer.status_code == status
    assert bool(line.heard) == (status == 200)


def test_without_attendance_there_is_no_address_for_clocks() -> None:
    assert create_app({}, GatewaySettings()).test_client().get("/iclock/ping").status_code == 404
