"""What others learn of the rota: one event for each change, in its commit, with whose months and nothing they say."""

from collections.abc import Iterator

import grpc
import pytest
from bylaw.attendance.v1 import feed_pb2, rota_pb2

from tests.builders.attendance import cell
from tests.databases import Databases
from tests.integration.attendance.rota_office import Office, refused, rota_office


@pytest.fixture
def office(postgres: Databases) -> Iterator[Office]:
    with rota_office(postgres) as made:
        yield made


def told(office: Office) -> list[rota_pb2.RotaChanged]:
    """What the feed has told of the rota."""
    answer = office.attendance.feed.ListEvents(feed_pb2.ListEventsRequest(), metadata=office.attendance.everything)
    return [event.rota_changed for event in answer.events if event.WhichOneof("change") == "rota_changed"]


def months(changed: rota_pb2.RotaChanged) -> list[tuple[str, str, int]]:
    return [(one.person, one.month, one.revision) for one in changed.months]


def test_a_publication_is_one_event_that_names_each_month_that_changed_and_nothing_of_its_cells(office: Office) -> None:
    office.attendance.publish(
        office.shop,
        cell(office.ben, "2026-02-03", "rest"),
        cell(office.anna, "2026-03-03", "rest"),
        cell(office.anna, "2026-02-03", "rest"),
        cell(office.anna, "2026-02-04", "rest"),
    )

    (changed,) = told(office)

    assert changed.unit == office.shop
    assert months(changed) == [
        (office.anna, "2026-02", 1),
        (office.anna, "2026-03", 1),
        (office.ben, "2026-02", 1),
    ]
    assert b"rest" not in changed.SerializeToString()


def test_what_is_published_already_is_not_told_again_and_of_a_change_only_the_month_it_is_in(office: Office) -> None:
    first = [cell(office.anna, "2026-02-03", "rest"), cell(office.ben, "2026-02-03", "rest")]
    office.attendance.publish(office.shop, *first)
    office.attendance.publish(office.shop, *first)
    assert len(told(office)) == 1

    office.attendance.publish(office.shop, first[0], cell(office.ben, "2026-02-03", "day"))

    assert [months(one) for one in told(office)[1:]] == [[(office.ben, "2026-02", 2)]]


def test_a_refused_publication_tells_nothing_and_one_that_is_repeated_tells_it_once(office: Office) -> None:
    refused(office, cell(office.anna, "2026-02-03", "rest"), cell(office.cleo, "2026-02-03", "rest"))
    assert told(office) == []
    request = rota_pb2.PublishRotaCellsRequest(
        parent=office.shop, rota_cells=[cell(office.anna, "2026-02-03", "rest")], request_id="rota-1"
    )
    for _ in range(2):
        office.attendance.rota.PublishRotaCells(request, metadata=office.attendance.everything)
    assert [months(one) for one in told(office)] == [[(office.anna, "2026-02", 1)]]


def test_a_cell_taken_back_is_told_and_one_that_was_not_there_is_not(office: Office) -> None:
    office.attendance.publish(office.shop, cell(office.anna, "2026-02-03", "rest"))
    office.delete(office.anna, "2026-02-03")
    with pytest.raises(grpc.RpcError):
        office.delete(office.anna, "2026-02-03")

    assert [(one.unit, months(one)) for one in told(office)] == [
        (office.shop, [(office.anna, "2026-02", 1)]),
        ("", [(office.anna, "2026-02", 2)]),
    ]
