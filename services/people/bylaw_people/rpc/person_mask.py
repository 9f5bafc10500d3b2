"""Which fields of a person an update changes; the number may be sent back as it was, not otherwise."""

from functools import partial

from bylaw.people.v1.staff_pb2 import UpdatePersonRequest

from bylaw_people.rpc.reading import person_id
from bylaw_people.use_cases.masks import mask_of
from bylaw_people.use_cases.update_person import PersonWish

TEXTS = ("display_name", "login")
KNOWN = frozenset({*TEXTS, "name", "etag", "number"})
KEPT_ELSEWHERE = frozenset({"appointment", "head", "qualifications"})


def person_wish(request: UpdatePersonRequest) -> PersonWish:
    """What shall become of the person; without a mask the texts that are filled. Refuses FIELD_INVALID."""
    person = request.person
    mask = mask_of(request.update_mask.paths, person, KNOWN, elsewhere=KEPT_ELSEWHERE, prefix="person")
    return PersonWish(
        person_id(person.name, field="person.name"),
        person.etag,
        texts=mask.chosen({name: partial(getattr, person, name) for name in TEXTS}),
        number=mask.value("number", lambda: person.number),
    )
