"""What shared auth costs: a call with a remembered token, a permission and a scope, against the bare call."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from statistics import median
from typing import Any, NamedTuple

import grpc
from bylaw.people.v1 import sign_in_pb2, sign_in_pb2_grpc
from bylaw_chassis.addresses import ADDRESS, SEAL, TRACE, address_seal
from bylaw_chassis.audit.trail import trail_of
from bylaw_chassis.call import Call
from bylaw_chassis.caller import Caller, HeldGrant, Reach, Scope
from bylaw_chassis.clock import system_clock
from bylaw_chassis.database import Database
from bylaw_chassis.ended_tokens import EndedTokens, end_tokens
from bylaw_chassis.grpc_face import GrpcFace
from bylaw_chassis.neighbours import open_channel
from bylaw_chassis.organisation import queries
from bylaw_chassis.server import Server
from bylaw_chassis.tokens import TokenVerifier, mint
from bylaw_chassis.values import new_id
from bylaw_chassis.wordings import followed_wordings
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmarks.attendance_world import MONTH, World, world

ROUNDS, CALLS, PEOPLE, PAGE = 100, 60, 2_000, 100
"""Many short rounds, of which the best counts: what others do on the machine lengthens a round, nothing shortens it."""

SECRET = "what the gateway and the services of a benchmark share"  # noqa: S105 - of an installation of a minute
SIGNED_OUT = 1_000
PERMISSION = "people.passwords.set"
ANSWER = sign_in_pb2.SetPasswordResponse()
REQUEST = sign_in_pb2.SetPasswordRequest(name="people/018f0000-0000-7000-8000-000000000000")


class Answers:
    """Answers every call of SignIn with an empty message, once the caller's reach is known."""

    def __getattr__(self, name: str) -> Callable[[Any, Call], Any]:
        def answer(_request: Any, call: Call) -> Any:
            call.caller.reach(PERMISSION)
            return ANSWER

        return answer


def bare_handlers() -> grpc.GenericRpcHandler:
    """The same on grpcio alone: no deadline, no caller, no access, no refusals."""
    answer = grpc.unary_unary_rpc_method_handler(
        lambda _request, _context: ANSWER,
        sign_in_pb2.SetPasswordRequest.FromString,
        sign_in_pb2.SetPasswordResponse.SerializeToString,
    )
    return grpc.method_handlers_generic_handler("bylaw.people.v1.SignIn", {"SetPassword": answer})


def clerk(place: World) -> Caller:
    """A clerk's token: thirty permissions for a subtree, ten for oneself."""
    held = frozenset({PERMISSION, *(f"attendance.things.verb{number}" for number in range(29))})
    own = frozenset(sorted(held)[:10])
    grants = (
        HeldGrant(Scope.SUBTREE, place.unit, held, (f"grants/{new_id()}",)),
        HeldGrant(Scope.SELF, None, own, ("roles/employee",)),
    )
    return Caller(person=next(iter(place.people.values())), grants=grants, session=new_id())


@contextmanager
def served(handlers: grpc.GenericRpcHandler) -> Iterator[grpc.Channel]:
    """A gRPC server on loopback and a channel to it."""
    serving = grpc.server(ThreadPoolExecutor(8), handlers=[handlers])
    port = serving.add_insecure_port("127.0.0.1:0")
    serving.start()
    with open_channel(f"127.0.0.1:{port}") as channel:
        yield channel
    serving.stop(0).wait()


def full_server(database: Database, verifier: TokenVerifier) -> Server:
    """With everything that a service of the suite has around a call, as `member` puts it together."""
    server = Server(
        "benchmark",
        verifier,
        trail=trail_of(database, SECRET),
        wordings=followed_wordings(database, lambda: MONTH),
        addresses=address_seal(SECRET),
    )
    server.add(sign_in_pb2.DESCRIPTOR.services_by_name["SignIn"], Answers())
    return server


def from_the_gateway(token: str) -> tuple[tuple[str, str], ...]:
    """What the gateway sends beside a request."""
    trace, address = new_id().hex, "192.0.2.1"
    sealed = address_seal(SECRET).sealed(address, trace)
    return ((TRACE, trace), (ADDRESS, address), (SEAL, sealed), ("authorization", f"Bearer {token}"))


class Pairs(NamedTuple):
    """What both sides took, round by round, in microseconds a call."""

    ours: list[float]
    bare: list[float]

    @property
    def ratio(self) -> float:
        """Of the best round of each side: the strictest, since nothing shortens a round."""
        return min(self.ours) / min(self.bare)

    @property
    def median(self) -> float:
        """Of the rounds' own ratios."""
        return median(ours / bare for ours, bare in zip(self.ours, self.bare, strict=True))


def in_turn(ours: Callable[[], object], bare: Callable[[], object], calls: int = CALLS) -> Pairs:
    """Measures both sides in turn; who is first changes from round to round."""
    pairs = Pairs([], [])
    for number in range(ROUNDS):
        turns = ((ours, pairs.ours), (bare, pairs.bare))
        for act, taken in turns if number % 2 else turns[::-1]:
            taken.append(microseconds(act, calls))
    return pairs


def microseconds(act: Callable[[], object], calls: int) -> float:
    """How long it takes, one after the other."""
    began = time.perf_counter()
    for _ in range(calls):
        act()
    return (time.perf_counter() - began) / calls * 1e6


def calls(place: World) -> Pairs:
    """An authorised call through the chassis's stack and a bare one, both over loopback."""
    key, caller = Ed25519PrivateKey.generate(), clerk(place)
    database = Database(place.database.url, "attendance", system_clock)
    with database.engine.begin() as connection:
        end_tokens(connection, {new_id(): None for _ in range(SIGNED_OUT)})
    server = full_server(database, TokenVerifier({"k1": key.public_key()}.get, system_clock, EndedTokens(database)))
    metadata = from_the_gateway(mint(caller, key_id="k1", key=key, now=system_clock(), lifetime=timedelta(minutes=15)))
    with served(GrpcFace(server)) as ours, served(bare_handlers()) as theirs:
        full, bare = sign_in_pb2_grpc.SignInStub(ours).SetPassword, sign_in_pb2_grpc.SignInStub(theirs).SetPassword
        pairs = in_turn(
            lambda: full(REQUEST, timeout=5, metadata=metadata), lambda: bare(REQUEST, timeout=5, metadata=metadata)
        )
    database.close()
    return pairs


def pages(place: World) -> Pairs:
    """A page of a unit's people whom a clerk's reach holds, and the same page for everybody's reach."""
    scoped, days = clerk(place).reach(PERMISSION), (MONTH, MONTH)

    def page(reach: Reach) -> None:
        with place.database.read() as connection:
            queries.people_between(connection, reach, days, unit=place.unit, limit=PAGE)

    return in_turn(lambda: page(scoped), lambda: page(Reach(everyone=True)), 5)


def measure() -> list[dict[str, Any]]:
    """Both ratios; of the page none is promised: whom a reach holds is work that has to be done somewhere."""
    with world(PEOPLE) as place:
        call, page = calls(place), pages(place)
    return [
        result("authorised call", call, "<= 1.2", "over loopback, against grpcio without any of our stack"),
        result("authorised page", page, "-", f"{PAGE} of {PEOPLE} people of a unit, against the same without scope"),
    ]


def result(name: str, pairs: Pairs, goal: str, against: str) -> dict[str, Any]:
    """A ratio as `make bench` writes it down."""
    return {
        "name": name,
        "ratio": round(pairs.ratio, 2),
        "goal": goal,
        "unit": "times the bare one",
        "detail": f"{min(pairs.ours):.0f} µs against {min(pairs.bare):.0f} µs, median of {ROUNDS} rounds"
        f" {pairs.median:.2f}, {against}",
    }
