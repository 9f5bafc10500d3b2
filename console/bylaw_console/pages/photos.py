"""The picture of a sign-in photo, for whoever may see it (ATT-1)."""

from bylaw.attendance.v1 import photos_pb2
from flask import Response, make_response

from bylaw_console.desk import Desk
from bylaw_console.routes import get

READ = ("attendance.photos.read",)


def image(desk: Desk, name: str) -> Response:
    """The picture itself; attendance writes down who looked."""
    found = desk.ask(photos_pb2.GetSignInPhotoImageRequest(name=f"signInPhotos/{name}"))
    response = make_response(found.data)
    response.mimetype = found.content_type if found.content_type in {"image/jpeg", "image/png"} else "image/png"
    response.headers["Cache-Control"] = "private, max-age=600"
    return response


ROUTES = (get("/photos/<name>", image, needs=READ),)
