"""Signing in by photo: taken now by whoever is signed in, looked at by whoever may, taken back while it waits (ATT-1)."""

from bylaw.attendance.v1 import photos_pb2, punches_pb2
from flask import Response, make_response
from google.api import httpbody_pb2

from bylaw_console.desk import Desk
from bylaw_console.routes import get, post

CREATE, READ = ("attendance.photos.create",), ("attendance.photos.read",)
LARGEST_BYTES = 6 * 1024 * 1024
"""A photo of 5 MiB, which attendance takes at most, with the form around it."""

WAYS = {"in": punches_pb2.DIRECTION_IN, "out": punches_pb2.DIRECTION_OUT}


def take(desk: Desk) -> Response:
    """Sign in, or out, by the photo that was sent."""
    sent = desk.file("photo")
    image = httpbody_pb2.HttpBody(
        content_type=sent.mimetype if sent else "", data=sent.stream.read(LARGEST_BYTES) if sent else b""
    )
    way = WAYS.get(desk.field("way"), punches_pb2.DIRECTION_UNSPECIFIED)
    desk.ask(photos_pb2.CreateSignInPhotoRequest(image=image, direction=way, request_id=desk.request_id))
    return desk.go("/today", said="photos.taken")


def withdraw(desk: Desk) -> Response:
    """Take a photo of my own back."""
    desk.ask(photos_pb2.WithdrawSignInPhotoRequest(name=desk.field("name"), request_id=desk.request_id))
    return desk.go("/today", said="photos.withdrawn")


def image(desk: Desk, name: str) -> Response:
    """The picture itself; attendance writes down who looked."""
    found = desk.ask(photos_pb2.GetSignInPhotoImageRequest(name=f"signInPhotos/{name}"))
    response = make_response(found.data)
    response.mimetype = found.content_type if found.content_type in {"image/jpeg", "image/png"} else "image/png"
    response.headers["Cache-Control"] = "private, max-age=600"
    return response


ROUTES = (
    post("/photos", take, needs=CREATE, largest_bytes=LARGEST_BYTES),
    post("/photos/withdraw", withdraw, needs=CREATE),
    get("/photos/<name>", image, needs=READ),
)
