"""Is the gateway alive, and may traffic come: `/healthz` asks nobody, `/readyz` asks what it was given to ask."""

import logging
from collections.abc import Callable, Mapping

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

Readiness = Callable[[], Mapping[str, str]]
READY, DEGRADED = "ready", "degraded"

_log = logging.getLogger(__name__)


def health_pages(readiness: Readiness | None) -> Blueprint:
    """The two pages; `readiness` names each thing asked with `ready`, or with what it lacks.

    What is `degraded` answers all the same: traffic may come, and an operator is told.
    """
    pages = Blueprint("health", __name__)

    @pages.get("/healthz")
    def healthz() -> ResponseReturnValue:
        return jsonify(status="alive")

    @pages.get("/readyz")
    def readyz() -> ResponseReturnValue:
        states = _states(readiness)
        waiting = sorted(name for name, state in states.items() if state not in {READY, DEGRADED})
        degraded = sorted(name for name, state in states.items() if state == DEGRADED)
        status = "waiting" if waiting else READY
        return jsonify(status=status, notReady=waiting, degraded=degraded), 503 if waiting else 200

    return pages


def _states(readiness: Readiness | None) -> Mapping[str, str]:
    try:
        return readiness() if readiness else {}
    except Exception as error:  # noqa: BLE001 - whatever fails while asking, the answer is "not ready", never a 500
        _log.warning("readiness could not be asked: %s", type(error).__name__)
        return {"readiness": "unknown"}
