"""The folder in which images of photos lie: a file each, readable by nobody but the service."""

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600
UNFINISHED = ".unfinished"


class PhotoFolder(Protocol):
    """Where images lie; `Folder` is one. A company may put another store behind it."""

    def keep(self, identifier: UUID, content: bytes) -> None:
        """Keeps an image, whole or not at all."""
        ...

    def read(self, identifier: UUID) -> bytes | None:
        """An image; None where there is none."""
        ...

    def drop(self, identifier: UUID) -> None:
        """Drops an image; nothing happens where there is none."""
        ...

    def kept_before(self, instant: datetime) -> list[UUID]:
        """The images that were kept before an instant."""
        ...


class Folder:
    """Images below a folder, spread over 256 of its own by the last letters of their identifiers."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def keep(self, identifier: UUID, content: bytes) -> None:
        """Keeps an image, whole or not at all: it gets its name once all of it lies on the disk."""
        path = self._file(identifier)
        path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        unfinished = path.with_suffix(UNFINISHED)
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)

    def read(self, identifier: UUID) -> bytes | None:
        """An image; None where there is none."""
        try:
            return self._file(identifier).read_bytes()
        except FileNotFoundError:
            return None

    def drop(self, identifier: UUID) -> None:
        """Drops an image and what a broken write may have left of it."""
        path = self._file(identifier)
        path.unlink(missing_ok=True)
        path.with_suffix(UNFINISHED).unlink(missing_ok=True)

    def kept_before(self, instant: datetime) -> list[UUID]:
        """The images, finished or not, that were last written before an instant."""
        files = self._path.glob("[0-9a-f][0-9a-f]/*")
        old = [file for file in files if datetime.fromtimestamp(file.stat().st_mtime, UTC) < instant]
        return [UUID(file.stem) for file in old]

    def _file(self, identifier: UUID) -> Path:
        return self._path / identifier.hex[-2:] / identifier.hex
