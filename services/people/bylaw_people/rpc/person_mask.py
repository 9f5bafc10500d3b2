"""Which fields of a person an update changes; the number may be sent back as it was, not otherwise."""

from bylaw.people.v1.staff_pb2 import UpdatePersonRequest
from bylaw_chassis.refusals import FieldInvalid, FieldNotWritable

from bylaw_people.rpc.reading import person_id
from bylaw_people.use_cases.update_person import PersonWish

TEXTS = ("display_name", "login")
STEERING = frozenset({"name", "etag", "number"})
KEPT_ELSEWHERE = frozenset({"appointment", "head", "qualifications"})


def person_wish(request: UpdatePersonRequest) -> PersonWish:
    """What shall become of the person; without a mask the texts that are filled. Refuses FIELD_INVALID."""
    person, named = request.person, frozenset(request.update_mask.paths)
    for path in sorted(named - {*TEXTS} - STEERING):
        if path in KEPT_ELSEWHERE:
            raise FieldNotWritable(field=f"person.{path}")
        raise FieldInvalid(field="update_mask", zh=f"没有字段 {path[:64]}", en=f"there is no field {path[:64]}")
    paths = named or frozenset(field.name for field, _ in person.ListFields())
    return PersonWish(
        person_id(person.name, field="person.name"),
        person.etag,
        texts={name: getattr(person, name) for name in TEXTS if name in paths},
        number=person.number if "number" in paths else None,
    )
