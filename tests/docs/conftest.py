"""Names each page in the tests that run once a page."""

import pytest

from tests.docs.pages import ROOT, Page, pages


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Runs a test that asks for `some_page` on every page."""
    if "some_page" in metafunc.fixturenames:
        every: list[Page] = list(pages())
        names = [each.path.relative_to(ROOT).as_posix() for each in every]
        metafunc.parametrize("some_page", every, ids=names)
