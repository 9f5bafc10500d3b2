"""A department that decides, for each test."""

from collections.abc import Iterator

import pytest

from tests.builders.decisions import Department, department
from tests.databases import Databases


@pytest.fixture
def acme(postgres: Databases) -> Iterator[Department]:
    """ACME under Lin, with sales (Chen), its team online, stock (Qian) and office (Zhou)."""
    with department(postgres) as made:
        yield made
