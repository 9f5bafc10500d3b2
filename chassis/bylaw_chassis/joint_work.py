"""One transaction for several calls of this process: each has its own key, its own answer, its own row in the trail."""

import re
from collections.abc import Sequence
from functools import cache
from types import TracebackType
from typing import Any

from google.protobuf.message import Message

from bylaw_chassis.array_texts import bytes_array, plain_array, text_array
from bylaw_chassis.audit.entries import RECORDED, recorded_said, written
from bylaw_chassis.audit.names import own_name
from bylaw_chassis.call import Call, RequestKey
from bylaw_chassis.caller import NOBODY
from bylaw_chassis.conversation import Said
from bylaw_chassis.request_keys import CLAIMED_ALL, KEPT, UNCLAIMED, claim_said, kept_said
from bylaw_chassis.time_bounds import bounds_of
from bylaw_chassis.work import Work, WorkPlace

STATEMENT_MILLISECONDS, LOCK_MILLISECONDS = 2_000, 100
"""Nobody waits long for what others wait for: each can still be carried out alone."""

_PLACE = re.compile(r"%\((\w+)\)s")


class NotTogetherError(RuntimeError):
    """Not every key was free: nothing was done, and each is to be carried out alone."""


class JointWork(Work):
    """Commits as it is left, with the answers it was handed; a call without one is as if it had never been."""

    def __init__(self, database: WorkPlace, calls: Sequence[Call]) -> None:
        super().__init__(database, claims_first=True)
        self._keys = [(call, call.request_key) for call in calls if call.request_key]
        self._answers: dict[int, bytes] = {}

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error:
            self.roll_back()
        else:
            self._commit()

    def answer(self, call: Call, message: Message) -> None:
        """What a call is answered."""
        call.about.extend(own_name(message))
        self._answers[id(call)] = message.SerializeToString()

    def first(self, statement: str, said: Any) -> list[tuple[Any, ...]]:
        """As of a work of one call, for the keys of all; NotTogetherError where one is not free."""
        if not self._claims_first:
            return super().first(statement, said)
        claims = [claim_said(call, key) for call, key in self._keys]
        asked: dict[str, object] = {
            f"asked_{name}s": text_array(str(one[name]) for one in claims) for name in ("caller", "method", "key")
        }
        asked["asked_digests"] = bytes_array(key.digest for _, key in self._keys)
        asked["asked_slots"] = plain_array(one["slot"] for one in claims)
        found = self._begun_with(Said(f"with {CLAIMED_ALL}, {statement}", {**said, **asked}))
        if not found:
            raise NotTogetherError
        self._claims_first = False
        return found

    def _bounds(self) -> Said | None:
        return bounds_of(STATEMENT_MILLISECONDS, LOCK_MILLISECONDS)

    def _leaving(self, answer: bytes | None) -> tuple[list[str], dict[str, object]]:  # noqa: ARG002
        parts, said = self._effects()
        for number, (call, key) in enumerate(self._keys):
            if id(call) in self._answers:
                for part, of in self._of(call, key):
                    parts.append(_numbered(part, number))
                    said |= {f"{name}_{number}": value for name, value in of.items()}
        if undone := [kept_said(call, key, b"") for call, key in self._keys if id(call) not in self._answers]:
            parts.append(UNCLAIMED)
            for name in ("caller", "method", "key"):
                said[f"undone_{name}s"] = text_array(str(one[f"kept_{name}"]) for one in undone)
        return parts, said

    def _of(self, call: Call, key: RequestKey) -> list[tuple[str, dict[str, object]]]:
        """The row of the trail and the answer for a repeat, of one call."""
        row = written(call, self.now, schema=self._database.schema, acting=NOBODY, about=(), tells=True)
        recorded = [(RECORDED, recorded_said(row))] if row else []
        return [*recorded, (KEPT, dict(kept_said(call, key, self._answers[id(call)])))]


@cache
def _numbered(part: str, number: int) -> str:
    """A part of a statement that stands in it several times: its name and its places with a number."""
    named = re.sub(r"^\s*(\w+) as", rf"\1_{number} as", part)
    return _PLACE.sub(rf"%(\1_{number})s", named)
