"""A data folder that cannot serve is refused before anything starts, in both languages."""

from pathlib import Path

import pytest
from bylaw_cli.data_folder import DataFolder
from bylaw_cli.wording import Refused


def test_a_full_disk_is_named_with_what_is_free_and_what_is_needed(tmp_path: Path) -> None:
    with (
        pytest.raises(Refused, match=r"Disk full: .* needs 1099511627776 MB") as refused,
        DataFolder(tmp_path, needed_bytes=2**60),
    ):
        pass
    assert "磁盘已满" in refused.value.wording.zh


def test_a_refused_folder_is_free_for_the_next_run(tmp_path: Path) -> None:
    with pytest.raises(Refused), DataFolder(tmp_path, needed_bytes=2**60):
        pass
    with DataFolder(tmp_path) as folder:
        assert folder.path == tmp_path


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(Refused, match=r"Cannot write to the data folder .*/file/data: Not a directory") as refused,
        DataFolder(tmp_path / "file" / "data"),
    ):
        pass
    assert "BYLAW_DATA" in refused.value.wording.zh
