"""Calls about photos by which people sign in."""

from dataclasses import dataclass
from typing import Any

from bylaw.attendance.v1 import photos_pb2
from bylaw_chassis.call import Call
from bylaw_chassis.paging import PageTokens, page_of
from bylaw_chassis.values import resource_id
from google.api.httpbody_pb2 import HttpBody

from bylaw_attendance.messages.photos import photo_message
from bylaw_attendance.rules.judging.punch_facts import Direction
from bylaw_attendance.rules.photos.photo import Photo, PhotoState, PhotoWishes
from bylaw_attendance.use_cases.forms import (
    correction_place,
    known_number,
    optional_known,
    optional_unit_or_person,
    short_text,
)
from bylaw_attendance.use_cases.photos.review_photo import ReviewPhoto, ShowPhotos
from bylaw_attendance.use_cases.photos.take_photo import TakePhoto

PHOTOS, READ, DECIDE = "signInPhotos", "attendance.photos.read", "attendance.photos.decide"


@dataclass(frozen=True, slots=True)
class PhotoCalls:
    """CreateSignInPhoto, GetSignInPhoto, GetSignInPhotoImage, ListSignInPhotos, and what ends one."""

    taking: TakePhoto
    review: ReviewPhoto
    show: ShowPhotos
    tokens: PageTokens

    def CreateSignInPhoto(self, request: Any, call: Call) -> Any:  # noqa: N802
        direction = known_number(request.direction, Direction, field="direction")
        return photo_message(self.taking.take(request.image.data, direction, call.caller))

    def GetSignInPhoto(self, request: Any, call: Call) -> Any:  # noqa: N802
        return photo_message(self.show.one(resource_id(request.name, PHOTOS), call.caller.reach(READ)))

    def GetSignInPhotoImage(self, request: Any, call: Call) -> Any:  # noqa: N802
        content_type, content = self.show.image(resource_id(request.name, PHOTOS), call.caller.reach(READ))
        return HttpBody(content_type=content_type, data=content)

    def ListSignInPhotos(self, request: Any, call: Call) -> Any:  # noqa: N802
        page = page_of(request, call, self.tokens)
        unit, person = optional_unit_or_person(request.parent, field="parent")
        wish = PhotoWishes(unit, person, optional_known(request.state, PhotoState, field="state"))
        found = self.show.page(wish, call.caller.reach(READ), page=(correction_place(page.position), page.limit))
        return photos_pb2.ListSignInPhotosResponse(
            sign_in_photos=map(photo_message, found[: page.size]), next_page_token=page.token_at(found, _place)
        )

    def AcceptSignInPhoto(self, request: Any, call: Call) -> Any:  # noqa: N802
        return self._reviewed(self.review.accept, request, call)

    def RefuseSignInPhoto(self, request: Any, call: Call) -> Any:  # noqa: N802
        return self._reviewed(self.review.refuse, request, call)

    def WithdrawSignInPhoto(self, request: Any, call: Call) -> Any:  # noqa: N802
        return photo_message(self.review.withdraw(resource_id(request.name, PHOTOS), caller=call.caller))

    def _reviewed(self, review: Any, request: Any, call: Call) -> Any:
        identifier, text = resource_id(request.name, PHOTOS), short_text(request.text, field="text")
        return photo_message(review(identifier, text, caller=call.caller, reach=call.caller.reach(DECIDE)))


def _place(listed: Photo) -> tuple[str, str]:
    waits, identifier = listed.place
    return "waits" * waits, str(identifier)
