"""Settings: each fault is named by its setting, and no value is ever shown."""

from pathlib import Path

import pytest
from bylaw_chassis.settings import ServiceSettings, SettingWrong, read_settings
from pydantic import field_validator

GOOD = {"BYLAW_DATABASE_URL": "postgresql+psycopg://u:s3cret@h/d", "BYLAW_MASTER_KEY": "m" * 32}


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("DATABASE_URL", "MASTER_KEY", "LISTEN", "THREADS", "LOG_LEVEL", "SETTINGS_FILE"):
        monkeypatch.delenv(f"BYLAW_{name}", raising=False)
    return monkeypatch


def set_all(environment: pytest.MonkeyPatch, values: dict[str, str]) -> None:
    for name, value in values.items():
        environment.setenv(name, value)


def test_settings_come_from_the_environment(environment: pytest.MonkeyPatch) -> None:
    set_all(environment, {**GOOD, "BYLAW_THREADS": "16"})
    settings = read_settings(ServiceSettings)
    assert (settings.threads, settings.reflection) == (16, False)
    assert "s3cret" not in repr(settings)


def test_missing_settings_are_all_named_in_both_languages(environment: pytest.MonkeyPatch) -> None:  # noqa: ARG001
    with pytest.raises(SettingWrong, match="设置有误 / wrong settings") as wrong:
        read_settings(ServiceSettings)
    assert all(name in str(wrong.value) for name in GOOD)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MASTER_KEY", "hunter2-too-short"),
        ("THREADS", "hunter2"),
        ("THREADS", "100000"),
        ("LOG_LEVEL", "hunter2"),
        ("LINGER_SECONDS", "hunter2"),
    ],
)
def test_a_wrong_setting_is_named_and_its_value_never_shown(
    environment: pytest.MonkeyPatch, name: str, value: str
) -> None:
    set_all(environment, {**GOOD, f"BYLAW_{name}": value})
    with pytest.raises(SettingWrong) as wrong:
        read_settings(ServiceSettings)
    assert f"BYLAW_{name}: " in str(wrong.value)
    assert value not in str(wrong.value)
    assert wrong.value.__cause__ is None
    assert wrong.value.__suppress_context__


class Picky(ServiceSettings):
    """Settings with a check that quotes what it was given."""

    @field_validator("listen")
    @classmethod
    def no_listening(cls, given: str) -> str:
        raise ValueError(f"cannot listen at {given}")


def test_a_check_that_quotes_the_value_is_not_quoted(environment: pytest.MonkeyPatch) -> None:
    set_all(environment, {**GOOD, "BYLAW_LISTEN": "hunter2"})
    with pytest.raises(SettingWrong, match="BYLAW_LISTEN: 值无效") as wrong:
        read_settings(Picky)
    assert "hunter2" not in str(wrong.value)


def test_a_file_may_hold_them_and_the_environment_comes_first(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "bylaw.env"
    file.write_text("BYLAW_THREADS=3\nBYLAW_MASTER_KEY=" + "f" * 32 + "\nOTHER=ignored\n", encoding="utf-8")
    set_all(environment, {"BYLAW_SETTINGS_FILE": str(file), "BYLAW_DATABASE_URL": "x", "BYLAW_MASTER_KEY": "e" * 32})
    settings = read_settings(ServiceSettings)
    assert settings.threads == 3
    assert settings.master_key.get_secret_value() == "e" * 32


def test_a_settings_file_that_is_not_there_is_named(environment: pytest.MonkeyPatch, tmp_path: Path) -> None:
    environment.setenv("BYLAW_SETTINGS_FILE", str(tmp_path / "none"))
    with pytest.raises(SettingWrong, match="BYLAW_SETTINGS_FILE"):
        read_settings(ServiceSettings)
