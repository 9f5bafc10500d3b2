"""Pages of a list: so many entries, and a sealed token for where the next page begins."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_size
from google.protobuf.message import Message

Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class Page:
    """What a caller asked for: `limit` entries behind `after`, which is empty for the first page."""

    tokens: PageTokens
    request: Message
    call: Call
    size: int
    after: str

    @property
    def limit(self) -> int:
        """One more than is shown tells whether there is a next page."""
        return self.size + 1

    def token(self, found: Sequence[Entry], key: Callable[[Entry], str]) -> str:
        """The token behind the last entry shown; empty at the end."""
        if len(found) <= self.size:
            return ""
        return self.tokens.seal([key(found[self.size - 1])], self.request, self.call)


def page_of(request: Message, call: Call, tokens: PageTokens) -> Page:
    """The page a request asks for; refuses PAGE_TOKEN_INVALID and FIELD_INVALID (its size)."""
    size: int = page_size(request.page_size)  # type: ignore[attr-defined]
    position = tokens.open(request.page_token, request, call)  # type: ignore[attr-defined]
    return Page(tokens, request, call, size, position[0] if position else "")
