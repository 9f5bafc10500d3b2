"""A service's calls behind one stack, whatever the transport: deadline, caller, access, request key, refusals."""

import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from google.protobuf.descriptor import MethodDescriptor, ServiceDescriptor
from google.protobuf.message import DecodeError, Message
from google.protobuf.message_factory import GetMessageClass

from bylaw_chassis.access import AccessRule, access_rule
from bylaw_chassis.addresses import AddressSeal
from bylaw_chassis.audit.names import own_name
from bylaw_chassis.audit.trail import Trail
from bylaw_chassis.call import Call, RequestKey, body_digest, current, in_call
from bylaw_chassis.faults import OutcomeUnknown, TransientFault, refusal_of
from bylaw_chassis.observe import log
from bylaw_chassis.refusals import FieldInvalid, Refusal
from bylaw_chassis.replay import Replayed
from bylaw_chassis.tokens import TokenVerifier, caller_of
from bylaw_chassis.wordings import ClauseWordings
from bylaw_chassis.writable import OwnFields

Look = Callable[[], Iterable[tuple[float, Mapping[str, str]]]]
"""Numbers, each with what tells it from the others."""
MAXIMUM_TRIES = 3
LONGEST_KEY = 128


class StreamWithKey(Exception):  # noqa: N818
    """A streaming call has a `request_id`: there is no one answer that could be stored under it."""


class RevealsWithoutTrail(Exception):  # noqa: N818
    """A call reveals what is protected, and the server has no audit trail to say so in."""


class MethodMissing(Exception):  # noqa: N818
    """A call of the contract has no method, or a method has no call."""


@dataclass(frozen=True, slots=True)
class Method:
    """One call of the contract and the method that carries it out."""

    path: str
    descriptor: MethodDescriptor
    access: AccessRule
    function: Callable[[Any, Call], Any]
    request_class: type[Message]
    response_class: type[Message]
    has_key: bool
    own: OwnFields

    @property
    def streams(self) -> bool:
        """Whether the answer is a stream."""
        return bool(self.descriptor.server_streaming)


@dataclass(slots=True)
class Server:
    """The calls of one service. `domain` names it in refusals; `verifier` proves callers; `trail` keeps refusals.

    `wordings` puts to each refusal the words of its clause; `addresses` tells which ones the gateway told.
    """

    domain: str
    verifier: TokenVerifier
    trail: Trail | None = None
    methods: dict[str, Method] = field(default_factory=dict)
    services: list[ServiceDescriptor] = field(default_factory=list)
    wordings: ClauseWordings | None = None
    addresses: AddressSeal = field(default_factory=AddressSeal)

    def add(self, service: ServiceDescriptor, servicer: object) -> None:
        """Adds every call of a service; raises MethodMissing or AccessNotStated, naming the call."""
        self.services.append(service)
        for descriptor in service.methods:
            function = getattr(servicer, descriptor.name, None)
            if function is None:
                raise MethodMissing(f"{descriptor.full_name} has no method in {type(servicer).__name__}")
            path = f"/{service.full_name}/{descriptor.name}"
            _require_answer(descriptor)
            rule = access_rule(descriptor)
            if rule.reveals and self.trail is None:
                raise RevealsWithoutTrail(descriptor.full_name)
            self.methods[path] = Method(
                path,
                descriptor,
                rule,
                function,
                GetMessageClass(descriptor.input_type),
                GetMessageClass(descriptor.output_type),
                "request_id" in descriptor.input_type.fields_by_name,
                OwnFields(descriptor),
            )

    def answer(self, method: Method, request: Message, call: Call) -> Message:
        """Carries a call out; raises only refusals."""
        before = current.set(call)
        try:
            self._admit(method, request, call)
            return self._try(method, request, call)
        except Exception as error:
            raise self._refusal(error, call) from error
        finally:
            current.reset(before)

    def stream(self, method: Method, request: Message, call: Call) -> Iterator[Message]:
        """Carries a streaming call out; raises only refusals, also between answers; closing it ends the method."""
        with in_call(call):
            try:
                self._admit(method, request, call)
                if method.access.reveals and self.trail:
                    self.trail.revealed(call, None)
                messages = iter(method.function(request, call))
            except Exception as error:
                raise self._refusal(error, call) from error
        try:
            while True:
                with in_call(call):
                    try:
                        message = self._next(messages, call)
                        self._still_admit(method, call)
                    except Exception as error:
                        raise self._refusal(error, call) from error
                if message is None:
                    return
                yield message
        finally:
            _close(messages, call)

    def decode(self, method: Method, data: bytes) -> Message:
        """The request on the wire as a message; refuses FIELD_INVALID where it is none."""
        try:
            return method.request_class.FromString(data)
        except DecodeError as error:
            raise FieldInvalid(field="request", zh="报文无法解析", en="the message cannot be parsed") from error

    def turned_away(self) -> None:
        """Told of each call for which no thread was left; a server that measures counts it."""

    def measure(self, name: str, look: Look, *, total: bool = False) -> None:
        """A figure of the service's own, looked up whenever metrics are sent: by a server that measures, not by this.

        A `total` only grows while the process lives. What it is parted by names nobody.
        """

    def close(self) -> None:
        """Ends what the server holds, which is nothing; a server that measures sends the rest."""

    def _admit(self, method: Method, request: Message, call: Call) -> None:
        call.access, call.request, call.waits, call.addresses = method.access, request, method.has_key, self.addresses
        if self.trail:
            call.pseudonyms = self.trail.pseudonyms
        _ = call.remaining_seconds
        try:
            call.caller = caller_of(call.metadata, self.verifier)
        except Refusal:
            if not method.access.public:
                raise  # at a public call a token that is no longer good makes nobody of them: else none could sign in
        method.access.admit(call.caller)
        method.own.require_unwritten(request)
        # Nobody's keys would be everybody's: one stranger would be answered what another was.
        if method.has_key and call.caller.key and request.request_id:  # type: ignore[attr-defined]
            call.request_key = _request_key(request, call, secret=method.access.secret)

    def _still_admit(self, method: Method, call: Call) -> None:
        """Before each answer of a stream: whoever was signed out, or whose token is over, hears no more (SEC-1)."""
        if not method.access.public:
            method.access.admit(caller_of(call.metadata, self.verifier))

    def _try(self, method: Method, request: Message, call: Call) -> Message:
        """Serialisation errors, deadlocks and lost sessions are tried again, under the same key; nothing else is."""
        for attempt in range(MAXIMUM_TRIES - 1):
            try:
                return self._once(method, request, call)
            except Exception as error:
                if not _may_try_again(error, call):
                    raise
            time.sleep(min(random.uniform(0, 0.02 * 2**attempt), call.remaining_seconds))  # noqa: S311
        return self._once(method, request, call)

    def _once(self, method: Method, request: Message, call: Call) -> Message:
        call.about.clear()
        call.refused.clear()
        try:
            message: Message = method.function(request, call)
            method.own.require_kept(request, message)
            if call.open_work:
                call.about.extend(own_name(message))
                call.open_work.commit_with(message.SerializeToString())
        except Replayed as replayed:
            return method.response_class.FromString(replayed.answer)
        finally:
            if call.open_work:
                call.open_work.roll_back()  # does nothing behind a commit
                call.open_work = None
        if method.access.reveals and self.trail:
            call.about.extend(own_name(message))
            self.trail.revealed(call, message)
        if call.refused and self.trail:
            self.trail.refused_in_part(call)
        return message

    def _next(self, messages: Iterator[Message], call: Call) -> Message | None:
        """The next answer, nothing at the end; a stream that is over because its time is says so."""
        _ = call.remaining_seconds
        message = next(messages, None)
        if message is None and not (call.ended and call.ended.is_set()):
            _ = call.remaining_seconds
        return message

    def _refusal(self, error: Exception, call: Call) -> Refusal:
        refusal = refusal_of(error)
        if refusal.code.name in {"INTERNAL", "UNAVAILABLE"}:
            log().error(
                "call_failed",
                method=call.method,
                trace_id=call.trace_id,
                reason=refusal.reason,
                exc_info=error,
            )
        if self.wordings:
            self.wordings.explain(refusal)
        if self.trail:
            self.trail.refused(call, refusal)
        return refusal


def _may_try_again(error: Exception, call: Call) -> bool:
    """Only where nothing was done; or where that is unknown and the key will tell."""
    refusal = refusal_of(error)
    if isinstance(refusal, OutcomeUnknown):
        return call.request_key is not None
    return isinstance(refusal, TransientFault) and not call.transactions.committed


def _close(messages: Iterator[Message], call: Call) -> None:
    close = getattr(messages, "close", None)
    if close:
        with in_call(call):
            close()


def _request_key(request: Message, call: Call, *, secret: bool) -> RequestKey:
    key: str = request.request_id  # type: ignore[attr-defined]
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise FieldInvalid(
            field="request_id", zh="应为至多 128 个可见字符", en="expected at most 128 visible characters"
        )
    bare = body_digest(request)
    return RequestKey(key, call.pseudonyms.repeat(call.method, bare), bare, secret)


def _require_answer(descriptor: MethodDescriptor) -> None:
    if descriptor.server_streaming and "request_id" in descriptor.input_type.fields_by_name:
        raise StreamWithKey(f"{descriptor.full_name} streams its answer and takes a request_id")


def metadata_of(pairs: Sequence[tuple[str, str | bytes]] | None) -> Mapping[str, str]:
    """Text metadata by lower-case name; a name that comes twice keeps its first value."""
    return {name.lower(): value for name, value in reversed(pairs or ()) if isinstance(value, str)}
