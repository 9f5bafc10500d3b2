"""A plugin as if it were installed: an installed one by its name, a folder with its sources, or a wheel."""

import tomllib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bylaw_plugin_host.discovery import GROUP, Found, PluginRefused, found_among

from bylaw_cli.wording import Refused

LEFT_OUT = {"dist", "build", "tests", "pyproject.toml"}


@contextmanager
def placed(target: str) -> Iterator[Found]:
    """The one plugin there; Refused where there is none, or one that could not be told from others."""
    with TemporaryDirectory(prefix="bylaw-plugin-") as empty:
        site = Path(empty)
        if Path(target).is_dir():
            _lay_out(Path(target).resolve(), site)
        elif target.endswith(".whl"):
            _unpack(Path(target), site)
        else:
            yield _only(_installed(target), target)
            return
        yield _only(next(iter(Distribution.discover(path=[str(site)])), None), target)


def project_of(folder: Path) -> Any:
    """What a folder's `pyproject.toml` says of the project; Refused where it says nothing."""
    try:
        return tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    except (OSError, KeyError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused(
            f"{folder} holds no pyproject.toml with a [project] ({error}). `bylaw plugin new` writes one.",
            f"{folder} 中没有含 [project] 的 pyproject.toml（{error}）。可用 `bylaw plugin new` 生成。",
        ) from error


def module_of(found: Found) -> str:
    """The module that its entry point names."""
    return found.entry.value.partition(":")[0]


def _lay_out(folder: Path, site: Path) -> None:
    """A folder's sources as an installed distribution, without building it."""
    project = project_of(folder)
    sources = folder / "src" if (folder / "src").is_dir() else folder
    for path in sources.iterdir():
        if path.name not in LEFT_OUT and not path.name.startswith("."):
            (site / path.name).symlink_to(path)
    info = site / f"{str(project.get('name', 'plugin')).replace('-', '_')}.dist-info"
    info.mkdir()
    head = f"Metadata-Version: 2.1\nName: {project.get('name', '')}\nVersion: {project.get('version', '0')}\n"
    (info / "METADATA").write_text(head, encoding="utf-8")
    entries = project.get("entry-points", {}).get(GROUP, {})
    lines = [f"[{GROUP}]", *(f"{name} = {value}" for name, value in entries.items())]
    (info / "entry_points.txt").write_text("\n".join(lines), encoding="utf-8")


def _unpack(wheel: Path, site: Path) -> None:
    try:
        with zipfile.ZipFile(wheel) as packed:
            packed.extractall(site)
    except (OSError, zipfile.BadZipFile) as error:
        raise Refused(f"{wheel} is no wheel: {error}", f"{wheel} 不是安装包：{error}") from error


def _installed(name: str) -> Distribution:
    try:
        return distribution(name)
    except (PackageNotFoundError, ValueError):
        raise Refused(
            f"{name}: there is no such folder or wheel, and no distribution of that name is installed here.",
            f"{name}：没有此文件夹或安装包，此处也未安装此名称的发行包。",
        ) from None


def _only(one: Distribution | None, target: str) -> Found:
    try:
        found = found_among(entry for entry in (one.entry_points if one else ()) if entry.group == GROUP)
    except PluginRefused as refused:
        raise Refused(refused.en, refused.zh) from refused
    if not found:
        raise Refused(
            f'{target} names no entry point in "{GROUP}" and so brings nothing.',
            f"{target} 未在 “{GROUP}” 中声明入口点，因此不含任何班制。",
        )
    return found[0]
