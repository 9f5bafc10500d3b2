"""The doctor compares corrections with the punches they became, and finds what was changed behind Bylaw's back."""

from collections.abc import Iterator

import psycopg
import pytest
from bylaw_attendance.doctor.checks import MIGRATIONS, checks
from bylaw_chassis.doctor import Examined, Finding, examine

from tests.builders.corrections import OUT, Shop, shop_of
from tests.builders.people import url_of_admin
from tests.databases import Databases, plain


@pytest.fixture
def shop(postgres: Databases) -> Iterator[Shop]:
    with shop_of(postgres) as made:
        made.accept(made.ask("2026-02-27 08:21").name)
        made.refuse(made.ask("2026-02-27 18:02", OUT).name)
        made.ask("2026-02-26 08:21")
        made.revoke(made.accept(made.ask("2026-02-25 08:21").name).name)
        yield made


def seen(shop: Shop) -> Finding:
    """What the doctor says of corrections."""
    examined = Examined(shop.attendance.service.database, MIGRATIONS, running=False)
    found = examine(examined, checks(shop.attendance.people.service.database))
    return next(finding for finding in found if finding.check == "corrections")


def test_corrections_and_their_punches_that_agree_are_found_well(shop: Shop) -> None:
    assert seen(shop).holds
    assert seen(shop).seen.en.startswith("2 accepted; 0 ")


@pytest.mark.clause("ATT-1")
@pytest.mark.parametrize(
    ("change", "differ"),
    [
        ("update corrections set instant = instant + interval '1 minute' where state = 2", 2),
        ("update corrections set state = 2 where state = 3 and accepted_at is null", 1),
        ("update punches set source = 'api'", 2),
        ("delete from struck_punches", 1),
        ("delete from corrections where state = 2", 1),
    ],
)
def test_a_correction_that_is_not_its_punch_is_found(postgres: Databases, shop: Shop, change: str, differ: int) -> None:
    address = plain(url_of_admin(postgres, shop.attendance.url))
    with psycopg.connect(address, options="-csearch_path=attendance") as connection:
        connection.execute(change.encode())
    assert not seen(shop).holds
    assert f"; {differ} without" in seen(shop).seen.en
