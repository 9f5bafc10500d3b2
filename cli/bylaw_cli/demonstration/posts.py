"""Who holds which post and role in the demonstration company, and who from outside was let in (ORG-3, SEC-1, SEC-2)."""

from dataclasses import dataclass

from bylaw.people.v1 import (
    access_pb2,
    access_pb2_grpc,
    organisation_pb2,
    organisation_pb2_grpc,
    outsiders_pb2,
    outsiders_pb2_grpc,
    sign_in_pb2,
    sign_in_pb2_grpc,
    staff_pb2,
    staff_pb2_grpc,
)

from bylaw_cli.demonstration.asking import Asking

HEADS = {
    "MUJIN": "1014",
    "MGMT": "1014",
    "OFFICE": "1002",
    "TECH": "1016",
    "MARKET": "1018",
    "OPS": "1006",
    "SERVICE": "1020",
    "LOGISTICS": "1022",
    "DATA": "1024",
    "GROWTH": "1012",
}
DEPUTIES = {"LOGISTICS": "1010"}
OUTSIDER, OUTSIDER_DAYS = "1012", 60


@dataclass(frozen=True, slots=True)
class Given:
    """A role for a person by number or for a position by code, company-wide or for a unit and all below it."""

    role: str
    to: str
    unit: str = ""
    days: int = 0
    reason: str = ""


GRANTS = (
    Given("operations-director", "1014"),
    Given("hr", "1002"),
    Given("warehouse-keeper", "KEEPER", reason="谁任仓库管理员，谁即有此权限 / whoever keeps the warehouse holds it"),
    Given("finance", "1024"),
    Given("order-clerk", "1010"),
    Given("customer-service", "1008"),
    Given("shop-manager", "1006", unit="OPS"),
    Given("auditor", "1016", days=180, reason="本年度审计 / this year's audit"),
)


def fill(asking: Asking) -> None:
    """Appoints heads and a deputy, opens everybody's login, gives the roles, lets the outsider in."""
    asking.people, asking.positions = _listed(asking), _positions(asking)
    _appoint(asking)
    _open_logins(asking)
    _give_roles(asking)
    _permit_outsider(asking)


def _listed(asking: Asking) -> dict[str, staff_pb2.Person]:
    """The company's people by number: all but the administrator."""
    request = staff_pb2.ListPeopleRequest(page_size=1000)
    listed = asking.ask(asking.stub(staff_pb2_grpc.StaffStub).ListPeople, request).people
    return {person.number: person for person in listed if person.number.isdecimal() and person.login}


def _appoint(asking: Asking) -> None:
    stub = asking.stub(organisation_pb2_grpc.OrganisationStub)
    units = asking.ask(stub.ListUnits, organisation_pb2.ListUnitsRequest(page_size=1000)).units
    asking.units = {unit.code: unit.name for unit in units}
    for unit in units:
        if head := asking.people.get(HEADS.get(unit.code, "")):
            since = head.appointment.start_date
            if unit.head != head.name:
                request = organisation_pb2.AppointHeadRequest(name=unit.name, head=head.name, effective_date=since)
                asking.ask(stub.AppointHead, request)
        if (deputy := asking.people.get(DEPUTIES.get(unit.code, ""))) and unit.deputy != deputy.name:
            since = deputy.appointment.start_date
            wish = organisation_pb2.AppointDeputyRequest(name=unit.name, deputy=deputy.name, effective_date=since)
            asking.ask(stub.AppointDeputy, wish)


def _open_logins(asking: Asking) -> None:
    stub = asking.stub(sign_in_pb2_grpc.SignInStub)

    def open_login(person: staff_pb2.Person) -> None:
        request = sign_in_pb2.SetPasswordRequest(name=person.name, new_password=asking.password)
        asking.ask(stub.SetPassword, request)

    asking.together(open_login, asking.people.values())


def _give_roles(asking: Asking) -> None:
    stub = asking.stub(access_pb2_grpc.AccessStub)
    given = asking.ask(stub.ListGrants, access_pb2.ListGrantsRequest(page_size=1000)).grants
    held = {(grant.role, grant.person or grant.position) for grant in given}
    for one in GRANTS:
        person = asking.name(one.to) if one.to in asking.people else ""
        position = "" if person else asking.positions[one.to]
        if (f"roles/{one.role}", person or position) not in held:
            grant = access_pb2.Grant(
                person=person,
                position=position,
                role=f"roles/{one.role}",
                scope=access_pb2.SCOPE_SUBTREE if one.unit else access_pb2.SCOPE_COMPANY,
                unit=asking.units[one.unit] if one.unit else "",
                start_date=asking.day(0),
                end_date=asking.day(one.days) if one.days else "",
                reason=one.reason,
            )
            asking.ask(stub.CreateGrant, access_pb2.CreateGrantRequest(grant=grant))


def _positions(asking: Asking) -> dict[str, str]:
    stub = asking.stub(organisation_pb2_grpc.OrganisationStub)
    found = asking.ask(stub.ListPositions, organisation_pb2.ListPositionsRequest(page_size=1000)).positions
    return {position.code: position.name for position in found}


def _permit_outsider(asking: Asking) -> None:
    """The director lets the channel specialist, who is no employee, in for a time (SEC-2)."""
    stub = asking.stub(outsiders_pb2_grpc.OutsidersStub)
    person = asking.name(OUTSIDER)
    if asking.ask(stub.ListOutsideAccesses, outsiders_pb2.ListOutsideAccessesRequest(person=person)).outside_accesses:
        return
    wish = outsiders_pb2.OutsideAccess(
        person=person,
        end_date=asking.day(OUTSIDER_DAYS - 1),
        reason="渠道合作期内使用 / for as long as the channel agreement runs",
    )
    asking.ask(stub.PermitOutsider, outsiders_pb2.PermitOutsiderRequest(outside_access=wish), by=HEADS["MUJIN"])
