"""A neighbour's error as a refusal, also where the neighbour answers nonsense or nothing."""

import string

import grpc
import pytest
from bylaw_chassis import refusals
from bylaw_chassis.refusals import Code, Refusal
from bylaw_chassis.status import DETAILS_KEY, RemoteRefusal, refusal_from, to_status
from google.rpc.status_pb2 import Status


class WireError(grpc.RpcError):
    """An error as gRPC gives it."""

    def __init__(self, code: grpc.StatusCode, details: bytes | None = None) -> None:
        super().__init__()
        self._code, self._details = code, details

    def code(self) -> grpc.StatusCode:
        return self._code

    def trailing_metadata(self) -> tuple[tuple[str, bytes], ...]:
        return () if self._details is None else ((DETAILS_KEY, self._details),)


@pytest.mark.parametrize("code", grpc.StatusCode)
def test_an_error_without_details_is_one_of_three_refusals(code: grpc.StatusCode) -> None:
    expected = {"DEADLINE_EXCEEDED": "DEADLINE_PASSED", "RESOURCE_EXHAUSTED": "OVERLOADED"}
    assert refusal_from(WireError(code)).reason == expected.get(code.name, "UNAVAILABLE")


@pytest.mark.parametrize(
    "details", [b"\xff\xff", b"", Status(code=2).SerializeToString(), Status(code=99).SerializeToString()]
)
def test_details_that_are_none_make_the_neighbour_unavailable(details: bytes) -> None:
    assert refusal_from(WireError(grpc.StatusCode.UNKNOWN, details)).reason == "UNAVAILABLE"


def families(base: type[Refusal] = Refusal) -> list[type[Refusal]]:
    own = [kind for kind in base.__subclasses__() if kind.__module__ == refusals.__name__]
    return own + [deeper for kind in own for deeper in families(kind)]


def variables_of(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("kind", families())
def test_each_refusal_speaks_both_languages_with_the_same_variables(kind: type[Refusal]) -> None:
    assert kind.zh != Refusal.zh
    assert kind.en != Refusal.en
    assert variables_of(kind.zh) == variables_of(kind.en)
    assert any("\u4e00" <= letter <= "\u9fff" for letter in kind.zh)
    assert kind.en.isascii()


def test_a_refusal_survives_the_wire_and_back() -> None:
    sent = refusals.FieldsInvalid([refusals.Violation(f"rows[{n}]", "DATE_UNKNOWN", "没有", "none") for n in range(3)])
    came = RemoteRefusal(to_status(sent, "x"))
    assert (came.code, came.reason, came.violations) == (Code.INVALID_ARGUMENT, sent.reason, sent.violations)
    assert (came.message_zh, came.message_en, came.variables) == (sent.message_zh, sent.message_en, {"count": "3"})
