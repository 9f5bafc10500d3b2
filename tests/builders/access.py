"""Calls on access that tests make: grants, outsiders, roles, reviews, and questions why."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import grpc
import pytest
import sqlalchemy as sa
from bylaw.people.v1 import access_pb2 as access
from bylaw.people.v1 import access_review_pb2 as review
from bylaw.people.v1 import access_review_pb2_grpc, outsiders_pb2_grpc
from bylaw.people.v1 import organisation_pb2 as org
from bylaw.people.v1 import outsiders_pb2 as outside
from bylaw.people.v1 import sign_in_pb2 as sessions
from bylaw.people.v1 import staff_pb2 as staff
from bylaw.types.v1.localized_text_pb2 import LocalizedText
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_people.permissions import known_permissions

from tests.builders.people import PASSWORD, PeopleService, identifier, reason, text

Token = tuple[tuple[str, str], ...]


def refusal(call: Callable[[], Any]) -> str:
    """Why a call was refused; a call that is not refused fails the test."""
    with pytest.raises(grpc.RpcError) as refused:
        call()
    return reason(refused.value)


def outcome(call: Callable[[], Any]) -> str:
    """Why a call was refused; nothing where it was not."""
    try:
        call()
    except grpc.RpcError as error:
        return reason(error)
    return ""


@dataclass(frozen=True)
class AccessCalls:
    """The calls, as whoever's token is handed over; the administrator of the installation where none is."""

    people: PeopleService

    @property
    def outsiders(self) -> outsiders_pb2_grpc.OutsidersStub:
        """The calls on outsiders."""
        return outsiders_pb2_grpc.OutsidersStub(self.people.channel)

    @property
    def reviews(self) -> access_review_pb2_grpc.AccessReviewStub:
        """The calls that review."""
        return access_review_pb2_grpc.AccessReviewStub(self.people.channel)

    def admin(self) -> Token:
        """The administrator, signed in now."""
        return self.people.signed_in("admin")

    def all(self) -> Token:
        """Whoever may do everything, with a token of now."""
        return self.people.as_caller(HeldGrant(Scope.COMPANY, None, known_permissions()))

    def position(self, code: str, unit: str) -> org.Position:
        """A new position."""
        made = org.Position(code=code, title=text(code), unit=unit, duties=text("x"))
        wish = org.CreatePositionRequest(position=made)
        return self.people.organisation.CreatePosition(wish, metadata=self.all())

    def hire(self, number: str, unit: str, site: str, **more: Any) -> staff.Person:
        """A new person who signs in by their number: `kind`, `position`, `since`, `until` where they matter."""
        first = staff.Appointment(
            unit=unit,
            site=site,
            position=more.get("position", ""),
            employment_kind=more.get("kind", staff.EMPLOYMENT_KIND_FORMAL),
            start_date=more.get("since", "2026-01-01"),
            end_date=more.get("until", ""),
        )
        made = staff.Person(number=number, display_name=number, login=number, appointment=first)
        person = self.people.staff.CreatePerson(staff.CreatePersonRequest(person=made), metadata=self.all())
        wish = sessions.SetPasswordRequest(name=person.name, new_password=PASSWORD)
        self.people.sign_in.SetPassword(wish, metadata=self.all())
        return person

    def give(self, role: str, token: Token | None = None, **more: Any) -> access.Grant:
        """A grant of a role, for the whole organisation where `scope` does not say otherwise."""
        grant = access.Grant(role=f"roles/{role}", scope=more.pop("scope", access.SCOPE_COMPANY), **more)
        return self.people.access.CreateGrant(
            access.CreateGrantRequest(grant=grant), metadata=self.admin() if token is None else token
        )

    def revoke(self, grant: str, token: Token | None = None) -> access.Grant:
        """Ends a grant."""
        return self.people.access.RevokeGrant(
            access.RevokeGrantRequest(name=grant), metadata=self.admin() if token is None else token
        )

    def permit(self, person: str, end: str, token: Token | None = None, **more: str) -> outside.OutsideAccess:
        """Lets an outsider in."""
        asked = outside.OutsideAccess(person=person, end_date=end, **{"reason": "stocktaking", **more})
        wish = outside.PermitOutsiderRequest(outside_access=asked)
        return self.outsiders.PermitOutsider(wish, metadata=self.all() if token is None else token)

    def role(self, name: str, *permissions: str, token: Token | None = None) -> access.Role:
        """A new role of the company's own."""
        made = access.Role(title=LocalizedText(zh=name, en=name), permissions=permissions)
        wish = access.CreateRoleRequest(role_id=name, role=made)
        return self.people.access.CreateRole(wish, metadata=self.admin() if token is None else token)

    def holdings(self, person: str, token: Token | None = None, day: str = "") -> review.Holdings:
        """What somebody may do."""
        wish = review.GetHoldingsRequest(person=person, as_of_date=day)
        return self.reviews.GetHoldings(wish, metadata=self.all() if token is None else token)

    def holders(self, permission: str, token: Token | None = None, **more: Any) -> list[str]:
        """Who holds a permission, page by page."""
        found, page = [], ""
        while True:
            wish = review.ListHoldersRequest(permission=permission, page_token=page, **more)
            answer = self.reviews.ListHolders(wish, metadata=self.all() if token is None else token)
            found += [holder.person for holder in answer.holders]
            page = answer.next_page_token
            if not page:
                return found

    def why(self, token: Token | None = None, **asked: str) -> review.AccessAnswer:
        """Whether somebody may, and why."""
        return self.reviews.WhyAccess(review.WhyAccessRequest(**asked), metadata=self.all() if token is None else token)

    def ended_below(self, person: str) -> int:
        """Below which revision somebody's tokens count no more, in every service; 0 where all count."""
        asked = sa.text("select coalesce(max(below_revision), 0) from ended_tokens where subject = :subject")
        with self.people.service.database.read() as connection:
            return int(connection.execute(asked, {"subject": identifier(person)}).scalar_one())

    def seen(self, token: Token) -> list[str]:
        """The numbers of the people whom a caller sees."""
        listed = self.people.staff.ListPeople(staff.ListPeopleRequest(page_size=1000), metadata=token)
        return [person.number for person in listed.people]
