"""What pages look like and move by: files that never change under their address, packed once at the start."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from mimetypes import guess_type
from pathlib import Path

from flask import Response

PREFIX = "/assets"
OWN = Path(__file__).parent / "static"
BORROWED = {"bootstrap.css": "bootstrap5/css/bootstrap.min.css"}
"""Files of installed packages, by the name they are served under."""

_FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file, as it is and packed."""

    kind: str
    digest: str
    content: bytes
    packed: bytes


class Assets:
    """All of them by name; an address holds the digest of what it serves."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._assets = {name: _asset(name, content) for name, content in files.items()}

    def address(self, name: str) -> str:
        """Where a file is; KeyError if there is none of that name."""
        return f"{PREFIX}/{self._assets[name].digest}/{name}"

    def serve(self, digest: str, name: str, *, packed: bool) -> Response | None:
        """The file at an address; None if there is none, or it was another."""
        asset = self._assets.get(name)
        if asset is None or asset.digest != digest:
            return None
        response = Response(asset.packed if packed else asset.content, content_type=asset.kind)
        response.headers["Cache-Control"] = _FOR_EVER
        response.headers["Vary"] = "Accept-Encoding"
        if packed:
            response.headers["Content-Encoding"] = "gzip"
        return response


def read_assets() -> Assets:
    """Ours, and those of packages; FileNotFoundError names one that is not installed."""
    files = {path.name: path.read_bytes() for path in OWN.iterdir() if path.is_file()}
    for name, place in BORROWED.items():
        content = (_package_folder() / "static" / place).read_bytes()
        files[name] = content.partition(b"/*# sourceMappingURL")[0]
    return Assets(files)


def _package_folder() -> Path:
    # Found without importing it: the package would register a blueprint of its own.
    spec = find_spec("flask_bootstrap")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("bootstrap-flask is not installed")
    return Path(spec.origin).parent


def _asset(name: str, content: bytes) -> Asset:
    kind = "text/javascript" if name.endswith(".js") else guess_type(name)[0] or "application/octet-stream"
    if kind.startswith("text/"):
        kind += "; charset=utf-8"
    digest = hashlib.sha256(content).hexdigest()[:16]
    return Asset(kind, digest, content, gzip.compress(content, 9, mtime=0))
