"""What a service's health tells of, the gateway before containers asks after: nothing stays degraded unseen."""

from bylaw_gateway.networked import CONTRACTS, DETAILS

from tests.integration.organisations import Company


def test_the_gateway_asks_after_every_detail_of_every_service(made: Company) -> None:
    services = (made.attendance.people.service, made.attendance.service, made.inventory.service, made.orders.service)
    told = {service.name: set(service.details) for service in services}
    assert {name: set(DETAILS.get(name, ())) for name in CONTRACTS} == told
