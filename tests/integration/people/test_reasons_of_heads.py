"""Who may give the reason for which somebody is appointed to a position that asks for more than they can do (POS-2)."""

from typing import Any

import pytest
from bylaw.people.v1 import staff_pb2 as staff

from tests.builders.organisation import Changes, appointment
from tests.integration.people.conftest import Shop
from tests.integration.people.test_changes_in_time import refused
from tests.integration.people.test_positions_and_sites import ASKED, position

NOT_MET = "POSITION_REQUIREMENTS_NOT_MET"


@pytest.mark.clause("POS-2", "ORG-3")
def test_a_reason_counts_from_a_head_there_or_above_and_from_nobody_else(shop: Shop) -> None:
    people, change = shop.service, Changes(shop.service)
    clerk = position(people, shop.online.name, *ASKED)
    wish = appointment(shop.online.name, shop.site.name, "2026-04-01", position=clerk, reason="Learns on the job.")

    def appointed_by(metadata: Any) -> str:
        request = staff.AppointPersonRequest(name=shop.zhao.name, appointment=wish)
        return refused(people.staff.AppointPerson, request, metadata=metadata)

    assert appointed_by(people.everything) == NOT_MET
    new = staff.CreatePersonRequest(person=staff.Person(number="78", display_name="Li", appointment=wish))
    assert refused(people.staff.CreatePerson, new, metadata=people.everything) == NOT_MET
    change.head(shop.stock.name, shop.qian.name, "2026-02-01")
    assert appointed_by(people.signed_in("qian")) == "PERSON_NOT_FOUND"
    people.staff.AppointPerson(
        staff.AppointPersonRequest(name=shop.zhao.name, appointment=wish), metadata=people.signed_in("chen")
    )


@pytest.mark.clause("POS-2", "ORG-3")
def test_a_deputy_gives_it_in_the_head_s_stead_and_who_was_head_no_longer(shop: Shop) -> None:
    people, change = shop.service, Changes(shop.service)
    clerk = position(people, shop.online.name, *ASKED)
    wish = appointment(shop.online.name, shop.site.name, "2026-04-01", position=clerk, reason="Learns on the job.")
    request = staff.AppointPersonRequest(name=shop.zhao.name, appointment=wish)
    change.deputy(shop.online.name, shop.wang.name, "2026-02-01")
    deputy = people.signed_in("wang")
    made = people.staff.AppointPerson(request, metadata=deputy)
    assert (made.appointment.reason, made.appointment.reason_by) == ("Learns on the job.", shop.wang.name)
    change.head(shop.sales.name, shop.qian.name, "2026-02-15")
    request.appointment.start_date = "2026-05-01"
    request.appointment.reason = "Once more."
    former = people.signed_in("chen")
    assert refused(people.staff.AppointPerson, request, metadata=former) in {NOT_MET, "PERMISSION_MISSING"}
