"""What a call costs in the same process, against the same call over gRPC on loopback: same stub, stack and bytes."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import grpc
from bylaw.people.v1 import sign_in_pb2, sign_in_pb2_grpc
from bylaw_chassis.call import Call
from bylaw_chassis.clock import system_clock
from bylaw_chassis.grpc_face import GrpcFace
from bylaw_chassis.local_channel import LocalChannel
from bylaw_chassis.neighbours import open_channel
from bylaw_chassis.server import Server
from bylaw_chassis.tokens import TokenVerifier

ROUNDS, LOCAL_CALLS, NETWORK_CALLS = 40, 400, 25
"""Many short rounds, of which the best counts: what others do on the machine lengthens a round, nothing shortens it."""


class Answers:
    """Answers every call of SignIn with the same message of about two hundred bytes."""

    def __init__(self) -> None:
        keys = [sign_in_pb2.Key(kid=f"key-{n}", kty="OKP", crv="Ed25519", x="x" * 43, alg="EdDSA") for n in range(3)]
        self._answer = sign_in_pb2.KeySet(keys=keys)

    def __getattr__(self, name: str) -> Callable[[Any, Call], Any]:
        return lambda _request, _call: self._answer


def server() -> Server:
    """The chassis's whole stack around a method that does nothing."""
    made = Server("benchmark", TokenVerifier(lambda _key_id: None, system_clock))
    made.add(sign_in_pb2.DESCRIPTOR.services_by_name["SignIn"], Answers())
    return made


def microseconds(channel: grpc.Channel, calls: int) -> float:
    """How long a call takes, one after the other."""
    ask, request = sign_in_pb2_grpc.SignInStub(channel).GetKeySet, sign_in_pb2.GetKeySetRequest()
    began = time.perf_counter()
    for _ in range(calls):
        ask(request, timeout=5)
    return (time.perf_counter() - began) / calls * 1e6


def measure() -> list[dict[str, Any]]:
    """The ratio, both sides taken in turn."""
    made = server()
    serving = grpc.server(ThreadPoolExecutor(8), handlers=[GrpcFace(made)])
    port = serving.add_insecure_port("127.0.0.1:0")
    serving.start()
    with open_channel(f"127.0.0.1:{port}") as network:
        local = LocalChannel(made)
        pairs = [(microseconds(local, LOCAL_CALLS), microseconds(network, NETWORK_CALLS)) for _ in range(ROUNDS)]
    serving.stop(0).wait()
    near, far = min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)
    return [
        {
            "name": "in-process call",
            "ratio": round(far / near, 1),
            "goal": ">= 50",
            "unit": "times cheaper than over loopback",
            "detail": f"{near:.1f} µs against {far:.0f} µs, a small request and an answer of 200 bytes",
        }
    ]
