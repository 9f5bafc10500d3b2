"""A people service for each test, on a fresh database, and a small organisation in it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from bylaw.people.v1 import organisation_pb2 as org
from bylaw.people.v1 import staff_pb2 as staff

from tests.builders.people import PeopleService, people_service
from tests.databases import Databases


@pytest.fixture
def people(postgres: Databases) -> Iterator[PeopleService]:
    """A people service with nothing but an administrator in it."""
    with people_service(postgres) as service:
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
    site, company = people.site(), people.unit("ACME")
    sales, stock = people.unit("SALES", company.name), people.unit("STOCK", company.name)
    online = people.unit("ONLINE", sales.name)
    staff_of = {"chen": sales, "wang": sales, "zhao": online, "qian": stock}
    hired = {name: people.person(name, unit.name, site.name, login=name) for name, unit in staff_of.items()}
    people.head(sales.name, hired["chen"].name)
    return Shop(people, site, company, sales, online, stock, **hired)
