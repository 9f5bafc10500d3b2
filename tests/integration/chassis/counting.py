"""The messages of `counting.proto`, and a service of counters that never go above ten thousand."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import sqlalchemy as sa
from bylaw.options.v1 import access_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.database import Database, Fact
from bylaw_chassis.refusals import Code, Refusal
from google.protobuf import descriptor_pool, timestamp_pb2
from google.protobuf.descriptor import ServiceDescriptor
from google.protobuf.descriptor_pb2 import FileDescriptorSet
from google.protobuf.message_factory import GetMessageClass
from grpc_tools import protoc

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
NEEDED = (access_pb2, timestamp_pb2)


def _compiled() -> Any:
    """The file's descriptor, in the pool in which our options are known."""
    google = Path(protoc.__file__).parent / "_proto"
    with NamedTemporaryFile(suffix=".binpb") as target:
        paths = [f"--proto_path={path}" for path in (HERE, ROOT / "protos", google)]
        assert protoc.main(["protoc", *paths, f"--descriptor_set_out={target.name}", "counting.proto"]) == 0
        file = FileDescriptorSet.FromString(Path(target.name).read_bytes()).file[0]
    descriptor_pool.Default().Add(file)
    return descriptor_pool.Default().FindFileByName(file.name)


_FILE = _compiled()


def message(name: str) -> Any:
    """A message class of the file."""
    return GetMessageClass(_FILE.message_types_by_name[name])


def service(name: str) -> ServiceDescriptor:
    """A service of the file."""
    found: ServiceDescriptor = _FILE.services_by_name[name]
    return found


Counter, AddRequest, ShowRequest = message("Counter"), message("AddRequest"), message("ShowRequest")
ActRequest, WatchRequest, CounterEvent = message("ActRequest"), message("WatchRequest"), message("CounterEvent")
ListEventsRequest, ListEventsResponse = message("ListEventsRequest"), message("ListEventsResponse")

MOST = 10_000
ADD = sa.text(
    "update counters set value = value + :amount where name = :name and value + :amount <= :most returning value"
)


class CounterFull(Refusal):
    """The counter would go above its limit."""

    code = Code.FAILED_PRECONDITION
    reason = "COUNTER_FULL"
    clause = "INV-1"
    zh = "计数器 {name} 已满。"
    en = "The counter {name} is full."


@dataclass
class Counters:
    """The calls. `before_commit` runs in the open transaction; `acts` are what the call Act and Watch can do."""

    database: Database
    before_commit: Callable[[], None] = lambda: None
    acts: Mapping[str, Callable[[Any, Call], Any]] = field(default_factory=dict)

    def Add(self, request: Any, call: Call) -> Any:  # noqa: N802, ARG002
        with self.database.work() as work:
            row = work.connection.execute(ADD, {"name": request.name, "amount": request.amount, "most": MOST}).first()
            if row is None:
                raise CounterFull(name=request.name)
            event = CounterEvent(name=request.name, value=row.value)
            work.publish(Fact("counter", request.name, event.SerializeToString()))
            self.before_commit()
        return Counter(name=request.name, value=row.value)

    AddInSecret = Add

    def Show(self, request: Any, call: Call) -> Any:  # noqa: N802, ARG002
        with self.database.read() as connection:
            value = connection.execute(sa.text("select value from counters where name = :n"), {"n": request.name})
            return Counter(name=request.name, value=value.scalar_one())

    Reveal = Show

    def Act(self, request: Any, call: Call) -> Any:  # noqa: N802
        return self.acts[request.act](request, call)

    def Watch(self, request: Any, call: Call) -> Iterator[Any]:  # noqa: N802
        answers: Iterator[Any] = self.acts[request.act](request, call)
        return answers
