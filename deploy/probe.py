"""Asks a server in this container whether it is well: `probe.py grpc HOST:PORT` or `probe.py http URL`."""

import sys
import urllib.request

SECONDS = 3.0


def grpc_well(address: str) -> bool:
    """Ask by the standard health service."""
    import grpc  # noqa: PLC0415 - the gateway's image asks by HTTP
    from grpc_health.v1 import health_pb2, health_pb2_grpc  # noqa: PLC0415

    with grpc.insecure_channel(address) as channel:
        request = health_pb2.HealthCheckRequest()
        answer = health_pb2_grpc.HealthStub(channel).Check(request, timeout=SECONDS)
    return bool(answer.status == health_pb2.HealthCheckResponse.SERVING)


def http_well(url: str) -> bool:
    """Ask by HTTP; anything but 200 raises."""
    with urllib.request.urlopen(url, timeout=SECONDS) as answer:  # noqa: S310 - our own address
        return bool(answer.status == 200)


if __name__ == "__main__":
    ask = {"grpc": grpc_well, "http": http_well}[sys.argv[1]]
    sys.exit(0 if ask(sys.argv[2]) else 1)
