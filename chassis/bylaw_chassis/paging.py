"""Pages of a list, and their tokens: sealed to caller and query, so that none can be altered or carried elsewhere."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from google.protobuf.message import Message

from bylaw_chassis.call import Call
from bylaw_chassis.refusals import FieldInvalid, PageTokenInvalid

Entry = TypeVar("Entry")
DEFAULT_PAGE_SIZE, LARGEST_PAGE_SIZE = 100, 1_000


def page_size(requested: int, *, default: int = DEFAULT_PAGE_SIZE, largest: int = LARGEST_PAGE_SIZE) -> int:
    """How many a page holds: the default for 0, never more than the largest; refuses negative sizes."""
    if requested < 0:
        raise FieldInvalid(field="page_size", zh="不能为负数", en="must not be negative")
    return min(requested or default, largest)


class PageTokens:
    """Seals and opens page tokens with a key that all processes of the service share."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def seal(self, position: Sequence[str], request: Message, call: Call) -> str:
        """A token for the place behind `position` (the sort key of the last row) of this query for this caller.

        Empty at the end, where there is no place.
        """
        if not position:
            return ""
        body = json.dumps(list(position), ensure_ascii=False).encode()
        return base64.urlsafe_b64encode(self._mac(body, request, call) + body).decode()

    def open(self, token: str, request: Message, call: Call) -> list[str] | None:
        """The place behind which the page begins, nothing for the first; refuses PAGE_TOKEN_INVALID."""
        if not token:
            return None
        sealed = _unsealed(token)
        mac, body = sealed[:16], sealed[16:]
        if not hmac.compare_digest(mac, self._mac(body, request, call)):
            raise PageTokenInvalid
        position: list[str] = json.loads(body)
        return position

    def _mac(self, body: bytes, request: Message, call: Call) -> bytes:
        query = type(request)()
        query.CopyFrom(request)
        query.ClearField("page_token")
        query.ClearField("page_size")
        parts = (call.method, call.caller.key, query.SerializeToString(deterministic=True).hex(), body.hex())
        return hmac.new(self._secret, "\n".join(parts).encode(), hashlib.sha256).digest()[:16]


@dataclass(frozen=True, slots=True)
class Page:
    """What a caller asked for: so many entries behind `position`, the sort key of an entry; nothing: the first page."""

    tokens: PageTokens
    request: Message
    call: Call
    size: int
    position: list[str] | None

    @property
    def after(self) -> str:
        """Behind which entry, where one text is its place; empty for the first page."""
        return self.position[0] if self.position else ""

    @property
    def limit(self) -> int:
        """One more than is shown tells whether there is a next page."""
        return self.size + 1

    def token(self, found: Sequence[Entry], key: Callable[[Entry], str]) -> str:
        """The token behind the last entry shown, whose place is one text; empty at the end."""
        return self.token_at(found, lambda entry: [key(entry)])

    def token_at(self, found: Sequence[Entry], place: Callable[[Entry], Sequence[str]]) -> str:
        """The token behind the last entry shown; empty at the end."""
        if len(found) <= self.size:
            return ""
        return self.tokens.seal(place(found[self.size - 1]), self.request, self.call)


def page_of(request: Any, call: Call, tokens: PageTokens) -> Page:
    """The page a request asks for; refuses PAGE_TOKEN_INVALID and FIELD_INVALID (its size)."""
    return Page(tokens, request, call, page_size(request.page_size), tokens.open(request.page_token, request, call))


def _unsealed(token: str) -> bytes:
    """Exactly what was sealed: Python's decoder would pass over foreign characters and loose bits."""
    try:
        sealed = base64.urlsafe_b64decode(token.encode("ascii"))
    except ValueError as error:
        raise PageTokenInvalid from error
    if base64.urlsafe_b64encode(sealed).decode() != token:
        raise PageTokenInvalid
    return sealed
