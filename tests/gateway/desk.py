"""The services of the test contract: they answer with what they were asked, or refuse as they are told."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
from google.api.httpbody_pb2 import HttpBody
from google.protobuf.duration_pb2 import Duration
from google.rpc import error_details_pb2, status_pb2
from grpc_status import rpc_status

from tests.gateway.contract.compiled import module


class Desk:
    """Keeps one person."""

    def __init__(self, messages: Any) -> None:
        self._messages = messages

    def GetPerson(self, request: Any, context: Any) -> Any:  # noqa: ARG002, N802
        if request.name == "people/crash":
            raise RuntimeError("select password from people")
        name = request.name or f"people/by-number-{request.number}"
        return self._messages.Person(name=name, display_name="王芳", etag="v7")

    def ListPeople(self, request: Any, context: Any) -> Any:  # noqa: ARG002, N802
        return self._messages.ListPeopleResponse(asked=request, next_page_token="next")  # noqa: S106 - a page, not a secret

    def CreatePerson(self, request: Any, context: Any) -> Any:  # noqa: ARG002, N802
        person = self._messages.Person()
        person.CopyFrom(request.person)
        person.name = f"people/{request.request_id or 'new'}"
        return person

    def UpdatePerson(self, request: Any, context: Any) -> Any:  # noqa: ARG002, N802
        return request

    def RenamePerson(self, request: Any, context: Any) -> Any:  # noqa: N802
        if request.etag not in {"", "v7"}:
            refuse(context, grpc.StatusCode.ABORTED, reason="ETAG_MISMATCH")
        return self._messages.Person(
            name=request.name, display_name=request.display_name, etag=f"v8{request.request_id}"
        )

    def Echo(self, request: Any, context: Any) -> Any:  # noqa: ARG002, N802
        metadata = {key: value for key, value in context.invocation_metadata() if isinstance(value, str)}
        return self._messages.EchoResponse(metadata=metadata, remaining_ms=int(context.time_remaining() * 1000))

    def Mirror(self, request: Any, context: Any) -> Any:  # noqa: ARG002, N802
        return request

    def Hidden(self, request: Any, context: Any) -> Any:  # noqa: ARG002, N802
        return self._messages.EchoResponse()


class Archive:
    """Keeps files and tells events; counts the streams that are open."""

    def __init__(self, messages: Any) -> None:
        self._messages = messages
        self.open_streams = 0
        self._changed = threading.Condition()

    def GetSheet(self, request: Any, context: Any) -> Any:  # noqa: ARG002, N802
        sheet = self._messages.Sheet(name=request.name, etag='say "when"')
        return self._messages.GetSheetResponse(sheet=sheet, hidden="not shown")

    def UploadFile(self, request: Any, context: Any) -> Any:  # noqa: ARG002, N802
        return self._messages.UploadFileResponse(
            parent=request.parent,
            file_name=request.file_name,
            content_type=request.file.content_type,
            size_bytes=len(request.file.data),
        )

    def DownloadFile(self, request: Any, context: Any) -> Any:  # noqa: N802
        if request.file_name:
            name = request.file_name
            told = ("x-file-name", name) if name.isascii() else ("x-file-name-bin", name.encode())
            context.set_trailing_metadata([told])
        return HttpBody(data=b"\x00\xffraw", content_type=request.content_type)

    def WatchEvents(self, request: Any, context: Any) -> Any:  # noqa: N802
        self._count(1)
        context.add_callback(lambda: self._count(-1))
        first = int(request.after_cursor or "0") + 1
        for number in range(first, first + request.count):
            yield self._messages.Event(cursor=str(number), text="一\n二")
        if request.then == "refuse":
            refuse(context, grpc.StatusCode.OUT_OF_RANGE, reason="FEED_RESTARTED")
        if request.then == "wait":
            ended = threading.Event()
            if context.add_callback(ended.set):
                ended.wait(20)

    def Refuse(self, request: Any, context: Any) -> Any:  # noqa: N802
        code = grpc.StatusCode[request.code]
        if request.bare:
            context.abort(code, "psycopg.OperationalError: /srv/secret.py line 3")
        refuse(
            context,
            code,
            reason=request.reason,
            clause=request.clause,
            fields=tuple(request.fields),
            retry_ms=request.retry_ms,
        )

    def _count(self, change: int) -> None:
        with self._changed:
            self.open_streams += change
            self._changed.notify_all()

    def wait_for_open_streams(self, count: int) -> bool:
        """Wait until so many streams are open, at most five seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: self.open_streams == count, timeout=5)


def refuse(
    context: Any,
    code: grpc.StatusCode,
    *,
    reason: str,
    clause: str = "",
    fields: tuple[str, ...] = (),
    retry_ms: int = 0,
) -> None:
    """End a call with a full refusal, the way our services do."""
    status = status_pb2.Status(code=code.value[0], message="for engineers only")
    metadata = {"minutes": "16"} | ({"clause": clause} if clause else {})
    _add(status, error_details_pb2.ErrorInfo(reason=reason, domain="desk", metadata=metadata))
    for locale, text in (("zh", "迟到 16 分钟。"), ("en", "16 minutes late.")):
        _add(status, error_details_pb2.LocalizedMessage(locale=locale, message=text))
    if fields:
        _add(status, _bad_request(fields))
    if retry_ms:
        delay = Duration()
        delay.FromMilliseconds(retry_ms)
        _add(status, error_details_pb2.RetryInfo(retry_delay=delay))
    context.abort_with_status(rpc_status.to_status(status))


def _bad_request(fields: tuple[str, ...]) -> Any:
    found = error_details_pb2.BadRequest()
    for field in fields:
        for locale, text in (("zh", "不对"), ("en", "wrong")):
            spoken = error_details_pb2.LocalizedMessage(locale=locale, message=text)
            found.field_violations.add(
                field=field, reason="DATE_IMPOSSIBLE", description="wrong", localized_message=spoken
            )
    return found


def _add(status: status_pb2.Status, detail: Any) -> None:
    status.details.add().Pack(detail)


def start_desk() -> tuple[grpc.Server, int, Archive]:
    """Start both services on a free port of loopback."""
    messages, stubs = module("desk_pb2"), module("desk_pb2_grpc")
    server = grpc.server(ThreadPoolExecutor(16))
    archive = Archive(messages)
    stubs.add_DeskServicer_to_server(Desk(messages), server)
    stubs.add_ArchiveServicer_to_server(archive, server)
    port = server.add_insecure_port("127.0.0.1:0")
    server.start()
    return server, port, archive
