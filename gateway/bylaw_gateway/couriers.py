"""Where providers of tracking push: /couriers/{courier}/push; what it means is for orders to say."""

import re
from collections.abc import Sequence
from typing import Any

import grpc
from bylaw.orders.v1 import parcels_pb2, parcels_pb2_grpc
from bylaw_chassis.addresses import AddressSeal
from flask import Blueprint, Response, request

from bylaw_gateway import headers
from bylaw_gateway.bodies import read_body
from bylaw_gateway.headers import Environ
from bylaw_gateway.places import Places
from bylaw_gateway.refusals import Refused
from bylaw_gateway.settings import MEBIBYTE, GatewaySettings

COURIER_LINE = "bylaw.orders.v1.CourierLine"
BODY_BYTES = MEBIBYTE
"""A provider tells of some hundred parcels at a time, each with some dozen events; orders takes no more either."""
COURIER = re.compile(r"[a-z][a-z0-9-]{0,63}", re.ASCII)
SIGNING = re.compile(r"content-type|x-[a-z0-9-]{1,60}", re.ASCII)
"""Headers by which a provider may sign; whatever signs a caller in stays here."""
OURS = ("x-forwarded", "x-real", "x-trace", "x-service")
MOST_HEADERS, LONGEST_HEADER = 32, 1_000
CONTENT_TYPES = frozenset({"application/json", "text/plain", "text/xml", "application/xml"})
STATUS = {
    grpc.StatusCode.PERMISSION_DENIED: 403,
    grpc.StatusCode.NOT_FOUND: 404,
    grpc.StatusCode.INVALID_ARGUMENT: 400,
}
UNAVAILABLE = 503


def courier_pages(line: "CourierLine") -> Blueprint:
    """The address that providers are told."""
    pages = Blueprint("couriers", __name__, url_prefix="/couriers")

    def push(courier: str) -> Response:
        try:
            return line.push(request.environ, courier)
        except Refused as refused:
            return _text(refused.reason, refused.status)
        except grpc.RpcError as error:
            code = error.code() if isinstance(error, grpc.Call) else None
            return _text("REFUSED" if code in STATUS else "TRY AGAIN", STATUS.get(code, UNAVAILABLE))

    pages.add_url_rule("/<courier>/push", "push", push, methods=["POST"])
    return pages


class CourierLine:
    """The call that the gateway makes for providers; shared by threads."""

    def __init__(self, channel: grpc.Channel, settings: GatewaySettings, seal: AddressSeal, bodies: Places) -> None:
        self._stub = parcels_pb2_grpc.CourierLineStub(channel)
        self._settings, self._seal, self._bodies = settings, seal, bodies

    def push(self, environ: Environ, courier: str) -> Response:
        """Hands on what was pushed, and answers in the provider's words; raises Refused and what the call does."""
        if not COURIER.fullmatch(courier):
            raise Refused("PATH_UNKNOWN")
        headers.check_size(environ, self._settings)
        body = read_body(environ, BODY_BYTES, self._bodies)
        asked = parcels_pb2.ReceivePushRequest(courier=courier, body=body, headers=_signing(environ))
        answer = self._stub.ReceivePush(asked, **self._told(environ))
        kind = answer.content_type if answer.content_type in CONTENT_TYPES else "text/plain"
        return Response(answer.text, content_type=f"{kind}; charset=utf-8")

    def _told(self, environ: Environ) -> dict[str, Any]:
        # Nobody signs in here: what a provider's proxy adds to that end is no part of what is pushed.
        told = {name: value for name, value in environ.items() if name != "HTTP_AUTHORIZATION"}
        caller = headers.caller(told, self._settings, headers.trace_id(environ), seal=self._seal)
        return {"timeout": caller.call_seconds, "metadata": caller.metadata}


def _signing(environ: Environ) -> Sequence[Any]:
    told = {
        name.removeprefix("HTTP_").replace("_", "-").lower(): value
        for name, value in environ.items()
        if name.startswith("HTTP_X_") or name == "CONTENT_TYPE"
    }
    kept = {
        name: value
        for name, value in told.items()
        if SIGNING.fullmatch(name) and not name.startswith(OURS) and len(value) <= LONGEST_HEADER
    }
    return [parcels_pb2.PushHeader(header=name, value=kept[name]) for name in sorted(kept)[:MOST_HEADERS]]


def _text(words: str, status: int) -> Response:
    return Response(f"{words}\n", status, content_type="text/plain; charset=utf-8")
