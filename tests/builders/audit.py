"""What tests of the audit trail share: its rows, a chain sealed now, and requests that hold what must not be kept."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

import grpc
import sqlalchemy as sa
from bylaw_chassis.audit.chain import Proof, prove
from bylaw_chassis.audit.sealing import keep_sealed
from bylaw_chassis.audit.tables import audit
from bylaw_chassis.server import Method
from bylaw_chassis.serving import Service
from google.protobuf.message import Message

from tests.builders.addresses import coming_from

PLANTED = ("张小凤", "Zhang-Xiaofeng-1004", "13800138000", "zhang.xiaofeng@example.com", "中山路88号", "203.0.113.77")
"""A name in two scripts, a telephone number, an e-mail address, a postal address, an address on the network."""


def rows(service: Service) -> Sequence[Any]:
    """The trail, oldest first."""
    with service.database.read() as connection:
        return connection.execute(sa.select(audit).order_by(audit.c.id)).all()


def sealed(service: Service) -> Proof:
    """The chain, once everything is sealed."""
    keep_sealed(service.database)
    with service.database.read() as connection:
        return prove(connection)


def every_call(service: Service) -> Iterator[Method]:
    """The calls of a service that answer once."""
    return (method for method in service.server.methods.values() if not method.streams)


def filled(method: Method, text: str, *, depth: int = 4) -> Message:
    """A request of a call with the same text wherever text can be."""
    return _fill(method.request_class(), text, depth)


def _fill(message: Any, text: str, depth: int) -> Any:
    for field in message.DESCRIPTOR.fields:
        if field.type == field.TYPE_MESSAGE:
            if depth and not field.message_type.full_name.startswith("google.protobuf."):
                part = getattr(message, field.name)
                _fill(part.add() if field.is_repeated else part, text, depth - 1)
        elif field.type in {field.TYPE_STRING, field.TYPE_BYTES}:
            value = text.encode() if field.type == field.TYPE_BYTES else text
            getattr(message, field.name).append(value) if field.is_repeated else setattr(message, field.name, value)
    if "update_mask" in message.DESCRIPTOR.fields_by_name:
        message.update_mask.paths.append(text)
    return message


def send(channel: grpc.Channel, method: Method, request: Message, metadata: Any) -> None:
    """Makes a call, whatever comes of it."""
    call = channel.unary_unary(method.path, type(request).SerializeToString, method.response_class.FromString)
    with suppress(grpc.RpcError):
        call(request, metadata=metadata)


def plant_in_every_call(service: Service, channel: grpc.Channel, callers: Sequence[Any]) -> int:
    """Sends every call of a service what must not be kept, bare and where the name of a thing belongs."""
    count = 0
    for method in every_call(service):
        for number, caller in enumerate(callers):
            for text in (PLANTED[number % len(PLANTED)], f"people/{PLANTED[(number + 1) % len(PLANTED)]}"):
                send(channel, method, filled(method, text), [*caller, *coming_from(PLANTED[-1])])
                count += 1
    return count


def kept_of(service: Service, planted: Sequence[str] = PLANTED) -> list[str]:
    """Which of what was planted stands in the trail, seals included."""
    statement = sa.text("select a::text from audit a union all select s::text from audit_seals s")
    with service.database.read() as connection:
        everything = "\n".join(connection.execute(statement).scalars())
    assert everything
    return [text for text in planted if text in everything]
