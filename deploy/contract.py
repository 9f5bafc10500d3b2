"""Holds the contract to `buf lint`, and to `buf breaking` against the last release or the commit before."""

import io
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import google.api.annotations_pb2 as annotations

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = ROOT / "deploy" / "buf.yaml"
GOOGLE = Path(annotations.__file__).parent
BUF = Path(sys.executable).with_name("buf")


def workspace(folder: Path, protos: Path) -> Path:
    """Lay out protos beside the few files of Google's they import, which buf would otherwise fetch."""
    shutil.copytree(protos / "bylaw", folder / "bylaw")
    shutil.copytree(GOOGLE, folder / "google" / "api", ignore=lambda _, names: [n for n in names if n[-6:] != ".proto"])
    shutil.copy(SETTINGS, folder / "buf.yaml")
    return folder


def buf(*arguments: str) -> bool:
    """Run buf; say whether it was content."""
    return subprocess.run([BUF, *arguments], check=False).returncode == 0  # noqa: S603 - our own command


def git(*arguments: str) -> bytes:
    """Return what git prints; nothing where there is no such thing or no git."""
    command = ["git", "-C", str(ROOT), *arguments]
    return subprocess.run(command, check=False, capture_output=True).stdout  # noqa: S603 - our own command


def earlier() -> str:
    """Name what to compare with: the last tag, or the commit before this one; empty where there is neither."""
    for arguments in (("describe", "--tags", "--abbrev=0"), ("rev-parse", "--verify", "--quiet", "HEAD~")):
        if name := git(*arguments).decode().strip():
            return name
    return ""


def unpack(revision: str, folder: Path) -> bool:
    """Write the protos of a revision below a folder; say whether it had any."""
    archive = git("archive", "--format=zip", revision, "protos/bylaw")
    if not archive:
        return False
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        files.extractall(folder)
    return True


def main() -> int:
    """Lint, then compare."""
    with TemporaryDirectory() as name:
        place = Path(name)
        now = workspace(place / "now", ROOT / "protos")
        content = buf("lint", str(now))
        revision = earlier()
        if not revision or not unpack(revision, place / "old"):
            sys.stdout.write("nothing earlier to compare the contract with\n")
            return 0 if content else 1
        before = workspace(place / "before", place / "old" / "protos")
        return 0 if buf("breaking", str(now), "--against", str(before)) and content else 1


if __name__ == "__main__":
    sys.exit(main())
