"""The doctor compares accepted photos with the punches they prove, and finds what was changed behind Bylaw's back."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from bylaw_attendance.doctor.checks import MIGRATIONS, checks
from bylaw_chassis.doctor import Examined, Finding, examine

from tests.builders.images import png
from tests.builders.people import url_of_admin
from tests.builders.photos import Studio, studio_of
from tests.databases import Databases, plain


@pytest.fixture
def studio(postgres: Databases, tmp_path: Path) -> Iterator[Studio]:
    with studio_of(postgres, tmp_path) as made:
        made.accept(made.take().name)
        made.refuse(made.take(png()).name)
        yield made


def seen(studio: Studio) -> Finding:
    """What the doctor says of photos."""
    examined = Examined(studio.attendance.service.database, MIGRATIONS, running=False)
    found = examine(examined, checks(studio.attendance.people.service.database))
    return next(finding for finding in found if finding.check == "photos")


def changed(postgres: Databases, studio: Studio, change: str) -> None:
    address = plain(url_of_admin(postgres, studio.attendance.url))
    with psycopg.connect(address, options="-csearch_path=attendance") as connection:
        connection.execute(change.encode())


@pytest.mark.clause("ATT-1")
def test_a_photo_and_its_punch_that_agree_are_found_well_and_others_are_named(
    postgres: Databases, studio: Studio
) -> None:
    assert seen(studio).holds
    assert seen(studio).seen.en.startswith("1 accepted; 0 ")

    changed(postgres, studio, "update sign_in_photos set instant = instant + interval '1 minute' where state = 2")
    assert "; 1 without" in seen(studio).seen.en
    changed(postgres, studio, "delete from sign_in_photos where state = 2")
    assert not seen(studio).holds
    changed(postgres, studio, "update punches set source = 'api'")
    assert seen(studio).holds
