"""Which fields of a request are the service's own to say, as the contract states them: whoever writes one is refused.

`google.api.field_behavior` says it of each field: OUTPUT_ONLY (nobody writes it), IDENTIFIER (the name, given by the
service) and IMMUTABLE (written when the thing is made). A thing may be sent back as it was read, to be changed in
another field: what comes with an update or of an existing thing is compared with what the answer shows.
"""

from collections.abc import Iterator
from functools import cache

from google.api import field_behavior_pb2 as behaviour
from google.protobuf.descriptor import Descriptor, FieldDescriptor, MethodDescriptor
from google.protobuf.message import Message

from bylaw_chassis.refusals import FieldNotWritable

NOBODYS = frozenset({behaviour.OUTPUT_ONLY, behaviour.IDENTIFIER})
CHANGED_ANEW = frozenset({"update_time", "updated_by"})
"""What every change of a thing changes: sent back as it was read, it cannot be what the answer shows."""


class OwnFields:
    """What a call's caller may not write."""

    def __init__(self, call: MethodDescriptor) -> None:
        taken, shown = call.input_type, call.output_type
        self._updates = "update_mask" in taken.fields_by_name
        existing = self._updates or "name" in taken.fields_by_name
        self._thing = next((field for field in taken.fields if existing and field.message_type is shown), None)
        kept = NOBODYS | {behaviour.IMMUTABLE} if self._updates else {behaviour.IMMUTABLE}
        self._kept = tuple(field.name for field in shown.fields if behaviours(field) & kept) if self._thing else ()

    def require_unwritten(self, request: Message) -> None:
        """Before the call; refuses FIELD_NOT_WRITABLE (SEC-1). An update may send back what it read."""
        path = None if self._updates else next(written(request), None)
        if path:
            raise FieldNotWritable(field=path)

    def require_kept(self, request: Message, answer: Message) -> None:
        """Before the commit: what was sent of what cannot change is what it is; refuses FIELD_NOT_WRITABLE."""
        if not self._kept or self._thing is None:
            return
        sent = getattr(request, self._thing.name)
        for name in self._asked(request, sent):
            if getattr(sent, name) != getattr(answer, name):
                raise FieldNotWritable(field=f"{self._thing.name}.{name}")

    def _asked(self, request: Message, sent: Message) -> list[str]:
        named = {path.partition(".")[0] for path in request.update_mask.paths} if self._updates else set()  # type: ignore[attr-defined]
        if not named:
            named = {field.name for field, _ in sent.ListFields()} - CHANGED_ANEW
        return [name for name in self._kept if name in named]


@cache
def behaviours(field: FieldDescriptor) -> frozenset[int]:
    """How the contract says that a field behaves."""
    return frozenset(field.GetOptions().Extensions[behaviour.field_behavior])


def written(message: Message, before: str = "") -> Iterator[str]:
    """Paths of what is filled and nobody may fill, at any depth."""
    for field, value in message.ListFields():
        path = f"{before}{field.name}"
        if behaviours(field) & NOBODYS:
            yield path
        elif field.message_type and _holds_own(field.message_type):
            parts = enumerate(value) if field.is_repeated else [(None, value)]
            for place, part in parts:
                yield from written(part, f"{path}." if place is None else f"{path}[{place}].")


@cache
def _holds_own(kind: Descriptor, depth: int = 4) -> bool:
    """Whether anything in a message, so many levels down, is nobody's to fill; a map holds nothing of the kind."""
    if depth == 0 or kind.GetOptions().map_entry:
        return False
    inner = [field.message_type for field in kind.fields if field.message_type]
    return any(behaviours(field) & NOBODYS for field in kind.fields) or any(_holds_own(one, depth - 1) for one in inner)
