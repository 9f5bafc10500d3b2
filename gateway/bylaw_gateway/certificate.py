"""`/certificate`: the authority that a phone on the local network is told to trust, where the machine made one."""

from pathlib import Path

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

KIND = "application/x-x509-ca-cert"
"""By which phones offer to install it."""


def certificate_page(authority: Path) -> Blueprint:
    """The page over a PEM file, which is no secret."""
    pages = Blueprint("certificate", __name__)

    @pages.get("/certificate")
    def certificate() -> ResponseReturnValue:
        response = Response(authority.read_bytes(), content_type=KIND)
        response.headers["Content-Disposition"] = 'attachment; filename="bylaw-authority.crt"'
        return response

    return pages
