"""An attendance service beside a people service for each test, on fresh databases."""

from collections.abc import Iterator

import pytest

from tests.builders.attendance import AttendanceService, attendance_service
from tests.databases import Databases


@pytest.fixture
def attendance(postgres: Databases) -> Iterator[AttendanceService]:
    """An attendance service that knows nobody yet."""
    with attendance_service(postgres) as service:
        yield service
