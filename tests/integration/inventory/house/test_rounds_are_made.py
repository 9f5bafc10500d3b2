"""The three checks on arriving and leaving; what is unusual is told at once, what is missing is listed (WHS-11)."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from os import utime
from pathlib import Path
from typing import Any

import grpc
import psycopg
import pytest
from bylaw.inventory.v1 import house_rounds_pb2
from bylaw.people.v1 import duties_pb2 as duties
from bylaw_chassis.caller import HeldGrant, Scope
from bylaw_chassis.status import refusal_from
from bylaw_inventory.use_cases.books.keep_duties import DeclareDuties
from bylaw_people.permissions import known_permissions

from tests.builders.house import ARRIVING, FINE, LEAVING, Rounds, unusual
from tests.builders.images import jpeg, png
from tests.builders.inventory import INVENTORY_PERMISSIONS, InventoryService, inventory_service
from tests.builders.notices import Office
from tests.builders.people import identifier
from tests.builders.receiving import holder_of, notices_of, refusal_of
from tests.databases import Databases, plain
from tests.integration.inventory.conftest import House

pytestmark = pytest.mark.clause("WHS-11")
NEVER = "018f0000-0000-7000-8000-000000000000"
LOCKS, GOODS = house_rounds_pb2.ROUND_CHECK_KIND_LOCKS, house_rounds_pb2.ROUND_CHECK_KIND_GOODS


@pytest.fixture
def director(inventory: InventoryService, house: House) -> str:
    """An operations director, who comes behind whatever other tests have told."""
    while inventory.service.runner.run_one(["tell-people"]):
        pass
    return holder_of(inventory, "operations-director", f"D{house.number}", house.unit, house.site)


def another(inventory: InventoryService, house: House) -> tuple[str, Any]:
    """Another keeper, and the metadata of their calls."""
    person = inventory.people.person(f"K{house.number}", house.unit, house.site).name
    held = HeldGrant(Scope.COMPANY, None, INVENTORY_PERMISSIONS)
    return person, inventory.people.as_caller(held, person=identifier(person))


def test_a_round_in_which_all_is_fine_tells_nobody(inventory: InventoryService, rounds: Rounds, director: str) -> None:
    made = rounds.hand_in()
    today = rounds.inventory.clock.now.astimezone().date().isoformat()
    assert (made.side, made.warehouse, made.round_date) == (ARRIVING, rounds.warehouse, today)
    assert [made.locks, made.goods, made.surroundings] == [FINE, FINE, FINE]
    assert rounds.shown(made.name) == made
    assert notices_of(inventory, director) == []


def test_what_is_unusual_is_told_to_the_operations_director_at_once(
    inventory: InventoryService, house: House, rounds: Rounds, director: str
) -> None:
    made = rounds.hand_in(LEAVING, locks=unusual("后门锁坏 back door broken"), surroundings=unusual("smell of gas"))
    (notice,) = notices_of(inventory, director)
    assert notice.about == made.name
    assert notice.title.en == f"Something unusual at W-{house.number} (on leaving)"
    assert notice.title.zh == f"仓库异常：W-{house.number}（下班检查）"
    assert notice.body.en.splitlines() == [
        "locks and doors: 后门锁坏 back door broken",
        "anything unusual: smell of gas",
    ]
    assert refusal_of(lambda: rounds.hand_in(LEAVING, goods=unusual("more"))) == "ROUND_HANDED_IN"
    assert len(notices_of(inventory, director)) == 1


def test_a_keeper_hands_in_one_round_a_day_and_side(inventory: InventoryService, house: House, rounds: Rounds) -> None:
    key = "018f0000-0000-7000-8000-0000000000bb"
    first = rounds.hand_in(request_id=key)
    assert rounds.hand_in(request_id=key) == first
    assert refusal_of(rounds.hand_in) == "ROUND_HANDED_IN"
    left = rounds.hand_in(LEAVING)
    _, metadata = another(inventory, house)
    theirs = rounds.hand_in(metadata=metadata)
    inventory.clock.pass_time(days=1)
    next_day = rounds.hand_in(goods=unusual("a box"))
    assert [one.name for one in rounds.listed()] == [next_day.name, theirs.name, left.name, first.name]
    assert [one.name for one in rounds.listed(round_date=first.round_date)] == [theirs.name, left.name, first.name]
    assert [one.name for one in rounds.listed(unusual=True)] == [next_day.name]


@pytest.mark.parametrize(
    "said",
    [
        {"side": 0},
        {"side": 7},
        {"locks": None},
        {"goods": house_rounds_pb2.RoundCheck(finding=house_rounds_pb2.ROUND_FINDING_FINE, words="but")},
        {"goods": unusual("")},
        {"surroundings": unusual("x" * 501)},
    ],
)
def test_a_round_not_answered_whole_is_refused(rounds: Rounds, said: dict[str, Any]) -> None:
    assert refusal_of(lambda: rounds.hand_in(**said)) == "FIELD_INVALID"
    assert rounds.listed() == []


def test_what_is_not_there_is_refused(rounds: Rounds) -> None:
    elsewhere = Rounds(rounds.inventory, f"warehouses/{NEVER}")
    asked: list[Callable[[], Any]] = [elsewhere.hand_in, elsewhere.listed, elsewhere.missing]
    assert [refusal_of(one) for one in asked] == ["WAREHOUSE_NOT_FOUND"] * 3
    assert refusal_of(lambda: rounds.shown(f"houseRounds/{NEVER}")) == "ROUND_NOT_FOUND"
    assert refusal_of(lambda: rounds.photo(f"houseRounds/{NEVER}", LOCKS)) == "ROUND_NOT_FOUND"
    assert refusal_of(lambda: rounds.image(f"roundPhotos/{NEVER}")) == "PHOTO_NOT_FOUND"


def test_missing_rounds_are_listed(inventory: InventoryService, house: House, rounds: Rounds) -> None:
    first = rounds.hand_in(ARRIVING)
    theirs, metadata = another(inventory, house)
    rounds.hand_in(ARRIVING, metadata=metadata)
    rounds.hand_in(LEAVING)
    day = first.round_date
    assert rounds.missing() == []
    inventory.clock.pass_time(days=2)
    after, today = ((inventory.clock.now - timedelta(days=days)).date().isoformat() for days in (1, 0))
    assert rounds.missing(day, today) == [
        (day, LEAVING, theirs),
        (after, ARRIVING, ""),
        (after, LEAVING, ""),
        (today, ARRIVING, ""),
    ]
    tomorrow = (inventory.clock.now + timedelta(days=1)).date().isoformat()
    for span in ((today, tomorrow), (today, day), ("2020-01-01", today), ("x", "")):
        assert refusal_of(lambda span=span: rounds.missing(*span)) == "FIELD_INVALID"  # type: ignore[misc]


def test_a_round_is_a_duty_that_handing_it_in_does(inventory: InventoryService, house: House, rounds: Rounds) -> None:
    timers = {timer.kind: timer.function for timer in inventory.service.runner.timers}
    declaring = timers["round-duties"]
    assert isinstance(declaring, DeclareDuties)
    declaring.declare_all()
    inventory.clock.pass_time(days=1)
    made = rounds.hand_in(LEAVING)
    while inventory.service.runner.run_one(["book-duties-done"]):
        pass
    request = duties.ListDutyOccurrencesRequest(unit=house.unit, page_size=1000)
    reader = inventory.people.as_caller(HeldGrant(Scope.COMPANY, None, known_permissions()))
    found = Office(inventory.people).duties.ListDutyOccurrences(request, metadata=reader).duty_occurrences
    due = {one.title.en: one for one in found if one.clause == "WHS-11" and one.due_date == made.round_date}
    leaving, arriving = (due[f"The three checks {side}: W-{house.number}"] for side in ("on leaving", "on arriving"))
    assert (leaving.state, leaving.proof.record) == (duties.DUTY_OCCURRENCE_STATE_DONE, made.name)
    assert arriving.state == duties.DUTY_OCCURRENCE_STATE_OPEN


def test_photos_show_what_was_unusual(inventory: InventoryService, rounds: Rounds, photos: Path) -> None:
    made = rounds.hand_in(goods=unusual("a box is open"))
    assert refusal_of(lambda: rounds.photo(made.name, LOCKS)) == "ROUND_CHECK_FINE"
    assert refusal_of(lambda: rounds.photo(made.name, house_rounds_pb2.ROUND_CHECK_KIND_UNSPECIFIED)) == "FIELD_INVALID"
    first = rounds.photo(made.name, GOODS, jpeg())
    assert rounds.photo(made.name, GOODS, jpeg()).name == first.name
    assert (first.round, first.check, first.content_type) == (made.name, GOODS, "image/jpeg")
    assert rounds.image(first.name).data[:2] == b"\xff\xd8"
    for image, said in ((b"no picture", "PHOTO_NOT_IMAGE"), (jpeg() + b"\0" * 5 * 1024 * 1024, "PHOTO_TOO_LARGE")):
        assert refused(lambda image=image: rounds.photo(made.name, GOODS, image)) == (said, "WHS-11")  # type: ignore[misc]
    for shade in range(19):
        rounds.photo(made.name, GOODS, png(shade=shade))
    assert refused(lambda: rounds.photo(made.name, GOODS, png(shade=40))) == ("PHOTO_QUOTA_USED", "WHS-11")
    assert refusal_of(lambda: rounds.image(f"roundPhotos/{NEVER}")) == "PHOTO_NOT_FOUND"
    assert len(rounds.shown(made.name).photos) == 20
    long_ago = (inventory.clock.now - timedelta(days=1)).timestamp()
    for file in (photos / "rounds").glob("*/*"):
        utime(file, (long_ago, long_ago))
    inventory.run_timer("sweep-round-photos")
    inventory.run_timer("sweep-delivery-photos")
    assert rounds.image(first.name).data
    assert len(list((photos / "rounds").glob("*/*"))) == 20


def refused(act: Callable[[], object]) -> tuple[str, str]:
    """Why something is refused and by which clause; its words speak of rounds and not of deliveries."""
    with pytest.raises(grpc.RpcError) as error:
        act()
    told = refusal_from(error.value)
    assert "deliver" not in told.message_en
    return told.reason, told.clause


@pytest.fixture
def without(postgres: Databases) -> Iterator[InventoryService]:
    """A service that keeps no photos, and reminds nobody."""
    with inventory_service(postgres, round_duties=False) as service:
        yield service


def test_an_installation_may_do_without_photos_and_duties(without: InventoryService) -> None:
    people = without.people
    rounds = Rounds(without, without.warehouse(people.unit("DEPT").name, people.site().name).name)
    made = rounds.hand_in(goods=unusual("a box"))
    assert refused(lambda: rounds.photo(made.name, GOODS)) == ("PHOTOS_NOT_KEPT", "WHS-11")
    assert "round-duties" not in {timer.kind for timer in without.service.runner.timers}


def test_rounds_are_never_changed(inventory: InventoryService, rounds: Rounds) -> None:
    rounds.hand_in()
    with psycopg.connect(plain(inventory.url), options="-csearch_path=inventory") as connection:
        for statement in ("update house_rounds set goods = ''", "delete from round_photos", "delete from house_rounds"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)
            connection.rollback()
