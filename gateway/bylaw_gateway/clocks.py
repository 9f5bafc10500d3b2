"""Where clocks push: /iclock, as ZKTeco's terminals speak it; what it means is attendance's to say."""

import re
from collections.abc import Callable

import grpc
from bylaw.attendance.v1 import pushing_pb2
from flask import Blueprint, Response, request

from bylaw_gateway import clock_words
from bylaw_gateway.clock_line import ClockLine, Knock
from bylaw_gateway.refusals import Refused

PHOTOS = "ATTPHOTO"
TABLES = {
    "ATTLOG": pushing_pb2.PUSHED_TABLE_PUNCHES,
    "OPERLOG": pushing_pb2.PUSHED_TABLE_OPERATIONS,
    PHOTOS: pushing_pb2.PUSHED_TABLE_PHOTOS,
}
SERIAL_NUMBER = re.compile(r"[A-Za-z0-9_-]{4,32}")
LONGEST_KEY = 64
FORBIDDEN, UNAVAILABLE, BAD_REQUEST = 403, 503, 400
_WRONG = {grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.FAILED_PRECONDITION}


def clock_pages(line: ClockLine) -> Blueprint:
    """The addresses that clocks know; older firmware writes `.aspx` behind them."""
    pages = Blueprint("clocks", __name__, url_prefix="/iclock")
    clocks = Clocks(line)
    for name, answer, methods in (
        ("cdata", clocks.cdata, ["GET", "POST"]),
        ("fdata", clocks.fdata, ["POST"]),
        ("getrequest", clocks.getrequest, ["GET"]),
        ("devicecmd", clocks.devicecmd, ["POST"]),
        ("ping", clocks.ping, ["GET"]),
    ):
        for path in (name, f"{name}.aspx"):
            pages.add_url_rule(f"/{path}", path.replace(".", "-"), _spoken(line, answer), methods=methods)
    return pages


class Clocks:
    """What clocks ask, and the words they are answered in."""

    def __init__(self, line: ClockLine) -> None:
        self._line = line

    def cdata(self, knock: Knock) -> str:
        """A hello, or lines."""
        if request.method == "POST":
            return self._pushed(knock, _asked().get("table", ""))
        if _asked().get("options") != "all":
            return clock_words.OK
        heard = self._line.greet(request.environ, knock)
        return clock_words.greeting(
            knock.serial_number,
            utc_offset_minutes=heard.utc_offset_minutes,
            stamp=heard.stamp,
            operation_stamp=heard.operation_stamp,
            photos=heard.photos,
        )

    def fdata(self, knock: Knock) -> str:
        """A file: firmware that has this address sends its photos here, and not all of it names their table."""
        return self._pushed(knock, _asked().get("table", "") or PHOTOS)

    def _pushed(self, knock: Knock, name: str) -> str:
        """Punches, operations and photos are handed on; what else there is is not kept, and not asked for."""
        table = TABLES.get(name.upper())
        if table is None:
            return clock_words.OK
        stamp = _asked().get("stamp", "") or _asked().get("opstamp", "")
        taken = self._line.push(request.environ, knock, table, stamp)
        return clock_words.OK if table == pushing_pb2.PUSHED_TABLE_PHOTOS else clock_words.taken(taken)

    def getrequest(self, knock: Knock) -> str:
        """What it shall do."""
        return clock_words.told(self._line.commands(request.environ, knock))

    def devicecmd(self, knock: Knock) -> str:
        """What became of it."""
        self._line.answers(request.environ, knock)
        return clock_words.OK

    def ping(self, knock: Knock) -> str:  # noqa: ARG002 - it asks for nothing
        """A clock that is busy sending says that it is there."""
        return clock_words.OK


def _spoken(line: ClockLine, answer: Callable[[Knock], str]) -> Callable[[], Response]:
    """An answer in plain text; a clock that is refused sends again later, whatever the status."""

    def spoken() -> Response:
        if not line.admits(request.environ):
            return _text("FORBIDDEN", FORBIDDEN)
        serial_number = _asked().get("sn", "")
        if not SERIAL_NUMBER.fullmatch(serial_number):
            return _text(clock_words.UNKNOWN_DEVICE, FORBIDDEN)
        try:
            return _text(answer(Knock(serial_number, _communication_key())))
        except Refused as refused:
            return _text(f"ERROR: {refused.reason}", refused.status)
        except grpc.RpcError as error:
            return _refused(error.code() if isinstance(error, grpc.Call) else None)

    return spoken


def _asked() -> dict[str, str]:
    """What stands behind the `?`, by lower-case name: makers write `SN`, `sn` and `Sn`; of two the first counts."""
    return {name.lower(): value for name, value in reversed(list(request.args.items()))}


def _communication_key() -> str:
    """Most clocks send it with their hello."""
    return _asked().get("pushcommkey", "")[: LONGEST_KEY + 1]  # one that is longer is nobody's


def _refused(code: grpc.StatusCode | None) -> Response:
    if code is grpc.StatusCode.NOT_FOUND:
        return _text(clock_words.UNKNOWN_DEVICE, FORBIDDEN)
    if code is grpc.StatusCode.PERMISSION_DENIED:
        return _text(clock_words.NOT_TRUSTED, FORBIDDEN)
    if code in _WRONG:
        return _text("ERROR: BAD REQUEST", BAD_REQUEST)
    return _text("ERROR: TRY AGAIN", UNAVAILABLE)


def _text(words: str, status: int = 200) -> Response:
    return Response(f"{words}\n", status, content_type="text/plain; charset=utf-8")
