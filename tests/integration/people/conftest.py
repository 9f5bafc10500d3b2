"""A people service for each test, on a fresh database, and a small organisation in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from bylaw.people.v1 import organisation_pb2 as org
from bylaw.people.v1 import staff_pb2 as staff

from tests.builders.people import PeopleService, people_service
from tests.databases import Databases


@pytest.fixture
def people(request: pytest.FixtureRequest, postgres: Databases) -> Iterator[PeopleService]:
    """A people service with nothing but an administrator in it, and the shop where a test asks for that."""
    with people_service(postgres, fill=shop_in if "shop" in request.fixturenames else None) as service:
        yield service


@dataclass(frozen=True)
class Shop:
    """A company with two departments, one of them with a team, and somebody in each."""

    service: PeopleService
    site: org.Site
    company: org.Unit
    sales: org.Unit
    online: org.Unit
    stock: org.Unit
    chen: staff.Person
    wang: staff.Person
    zhao: staff.Person
    qian: staff.Person


@pytest.fixture
def shop(people: PeopleService) -> Shop:
    """Chen heads sales; Wang works there, Zhao in its team online, Qian in stock. All sign in."""
    return Shop(people, **people.filled)


def shop_in(people: PeopleService) -> dict[str, Any]:
    """The shop, made through the service's own calls."""
    site, company = people.site(), people.unit("ACME")
    sales, stock = people.unit("SALES", company.name), people.unit("STOCK", company.name)
    online = people.unit("ONLINE", sales.name)
    staff_of = {"chen": sales, "wang": sales, "zhao": online, "qian": stock}
    hired = {name: people.person(name, unit.name, site.name, login=name) for name, unit in staff_of.items()}
    people.head(sales.name, hired["chen"].name)
    return {"site": site, "company": company, "sales": sales, "stock": stock, "online": online, **hired}
