"""A photo by which somebody signs in, as a message of the contract."""

from typing import Any

from bylaw.attendance.v1 import photos_pb2, punches_pb2
from bylaw_chassis.caller import caller_by_key
from bylaw_chassis.values import resource_name

from bylaw_attendance.messages.records import timestamp
from bylaw_attendance.rules.photos.photo import Photo


def photo_message(made: Photo) -> Any:
    """What is on record of a photo."""
    message = photos_pb2.SignInPhoto(
        name=made.name,
        person=resource_name("people", made.person),
        employee_number=made.number,
        local_time=f"{made.local:%Y-%m-%d %H:%M:%S}",
        direction=punches_pb2.Direction.ValueType(made.direction),
        device=made.device,
        state=photos_pb2.SignInPhotoState.ValueType(made.state),
        instant=timestamp(made.instant),
        time_zone=made.time_zone,
        create_time=timestamp(made.received_at),
        content_type=made.content_type,
        size_bytes=made.size_bytes,
    )
    if ending := made.ending:
        message.end_time.FromDatetime(ending.at)
        message.ended_by = resource_name("people", caller_by_key(ending.by).person)
        message.end_text = ending.text
        message.punch = resource_name("punches", ending.punch)
    if made.purged_at:
        message.purge_time.FromDatetime(made.purged_at)
    return message
