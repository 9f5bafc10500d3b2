"""An attendance service beside a people service for each test, on databases of its own."""

from collections.abc import Iterator

import pytest

from tests.builders.attendance import AttendanceService, attendance_service
from tests.databases import Databases


@pytest.fixture
def attendance(request: pytest.FixtureRequest, postgres: Databases) -> Iterator[AttendanceService]:
    """An attendance service that knows nobody yet, or what the file says in `BEGUN` that one of its fixtures finds."""
    begun = getattr(request.module, "BEGUN", {})
    fill = next((begun[name] for name in begun if name in request.fixturenames), None)
    with attendance_service(postgres, fill=fill) as service:
        yield service
