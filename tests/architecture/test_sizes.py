"""Short functions and short files, without a tail."""

from statistics import median

import pytest

from tests.architecture.sources import PRODUCT, functions, line_count, named, sources

LONGEST_FUNCTION, MEDIAN_FUNCTION = 40, 8
LONGEST_FILE, MEDIAN_FILE = 300, 90


def test_no_function_is_longer_than_forty_lines() -> None:
    long = [f"{one.where}: {one.lines} lines" for one in functions() if one.lines > LONGEST_FUNCTION]
    assert long == []


@pytest.mark.parametrize("folder", PRODUCT)
def test_half_of_the_functions_have_at_most_eight_lines(folder: str) -> None:
    lengths = [one.lines for one in functions(folder)]
    assert not lengths or median(lengths) <= MEDIAN_FUNCTION


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    assert [f"{named(path)}: {line_count(path)}" for path in sources() if line_count(path) > LONGEST_FILE] == []


@pytest.mark.parametrize("folder", PRODUCT)
def test_half_of_the_files_have_at_most_ninety_lines(folder: str) -> None:
    lengths = [line_count(path) for path in sources(folder)]
    assert not lengths or median(lengths) <= MEDIAN_FILE


def test_there_is_something_to_hold_to_this() -> None:
    assert len(sources()) > 100
    assert sum(1 for _ in functions()) > 500
    for folder in ("chassis", "services", "gateway", "plugins", "cli", "tests"):
        assert sources(folder), folder
