"""Serves counters in a process of its own: `python -m tests.integration.chassis.serving_process URL SETTINGS`."""

import json
import os
import signal
import sys
import threading
import time
from typing import Any

from bylaw_chassis.call import Call
from bylaw_chassis.observe import configure_logs
from bylaw_chassis.serving import Listener
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.integration.chassis.counting import Counter
from tests.integration.chassis.worlds import World, database


def sleeps(request: Any, _call: Call) -> Any:
    """Answers after as many seconds as the load has bytes."""
    time.sleep(len(request.load))
    return Counter(value=len(request.load))


def ends(_request: Any, _call: Call) -> Any:
    """Takes the word to end on the call's own thread, as the system may choose to."""
    signal.pthread_kill(threading.get_ident(), signal.SIGTERM)
    return Counter(value=1)


def main(url: str, settings: str) -> None:
    """Prints the port, then serves until it is told to stop."""
    configure_logs()
    key = os.environ.get("COUNTING_KEY")
    world = (
        World(database(url), key=Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key)))
        if key
        else World(database(url))
    )
    world.counters.acts = {"sleep": sleeps, "end": ends}
    listener = Listener(world.hosted(), **{"address": "127.0.0.1:0", **json.loads(settings)})
    sys.stdout.write(f"{listener.port}\n")
    sys.stdout.flush()
    listener.run()


if __name__ == "__main__":
    main(*sys.argv[1:])
