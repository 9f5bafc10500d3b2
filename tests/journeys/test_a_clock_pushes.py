"""A clock on the wall, from its box to a sheet: registered over REST, it pushes by itself over its own protocol."""

from urllib.parse import urlsplit

import pytest

from tests.builders.terminal import Terminal
from tests.journeys.client import Client
from tests.journeys.department import FILES
from tests.journeys.installed import Installation

BODY_TOO_LARGE = str(50 * 1024 * 1024)


@pytest.fixture(scope="module")
def terminal(installation: Installation, client: Client) -> Terminal:
    """The clock, told where to push; a small department works there."""
    for kind in ("SITES", "UNITS", "POSITIONS", "PEOPLE"):
        client.upload(
            "/v1/organisation:import",
            FILES[kind].encode(),
            kind=f"ORGANISATION_FILE_KIND_{kind}",
            effectiveDate="2024-01-01",
        )
    place = urlsplit(installation.address)
    assert place.hostname
    assert place.port
    return Terminal(place.hostname, place.port, "JOURNEY01")


@pytest.mark.clause("ATT-1")
def test_a_clock_is_registered_pushes_sends_again_and_what_no_clock_sends_is_refused(
    client: Client, terminal: Terminal
) -> None:
    unknown_until_it_is_registered_and_then_loses_nothing_and_doubles_nothing(client, terminal)
    sends_days_again_when_it_is_asked_to(client, terminal)
    what_no_clock_sends_is_refused_and_the_gateway_goes_on(client, terminal)


def unknown_until_it_is_registered_and_then_loses_nothing_and_doubles_nothing(
    client: Client, terminal: Terminal
) -> None:
    for day in ("2026-03-02", "2026-03-03"):
        for time in ("08:25:00", "12:01:00", "13:50:00", "18:02:00"):
            terminal.punch("3", f"{day} {time}")
    assert terminal.upload() == (403, "UNKNOWN DEVICE\n")
    knocked = client.get("/v1/pushingClocks")["unknownClocks"]
    assert [one["serialNumber"] for one in knocked] == ["JOURNEY01"]

    made = client.post("/v1/pushingClocks", {"site": "HQ", "serialNumber": "JOURNEY01"}, key="register-journey01")
    assert terminal.hello()["TimeZone"] == "8"
    assert terminal.upload() == (200, "OK: 8\n")
    assert terminal.upload_everything() == (200, "OK: 8\n")

    shown = client.get("/v1/pushingClocks")
    assert shown["unknownClocks"] == []
    (clock,) = shown["clocks"]
    assert (clock["name"], clock["takenCount"], clock["repeatedCount"]) == (made["name"], "8", "8")
    person = client.get("/v1/people", number="3")["people"][0]["name"]
    punches = client.get(f"/v1/{person}/punches")["punches"]
    assert [punch["localTime"] for punch in punches] == [line.split("\t")[1] for line in terminal.log]
    assert {punch["source"] for punch in punches} == {"push"}


def sends_days_again_when_it_is_asked_to(client: Client, terminal: Terminal) -> None:
    (clock,) = client.get("/v1/pushingClocks")["clocks"]
    terminal.punch("5", "2026-03-04 08:25:00")
    terminal.unsent.clear()
    days = {"startDate": "2026-03-04", "endDate": "2026-03-04"}
    asked = client.post(f"/v1/{clock['name']}:backfill", days)
    assert asked["waitingCommandCount"] == 1
    assert len(terminal.poll()) == 1
    person = client.get("/v1/people", number="5")["people"][0]["name"]
    assert [punch["localTime"] for punch in client.get(f"/v1/{person}/punches")["punches"]] == ["2026-03-04 08:25:00"]


def what_no_clock_sends_is_refused_and_the_gateway_goes_on(client: Client, terminal: Terminal) -> None:
    path = f"cdata?SN={terminal.serial_number}&table=ATTLOG"
    assert terminal.say("POST", path, headers={"Content-Length": BODY_TOO_LARGE}) == (413, "ERROR: BODY_TOO_LARGE\n")
    status, text = terminal.push(bytes(range(256)) * 50)
    assert (status, text[:3]) == (200, "OK:")
    assert terminal.say("PUT", "cdata")[0] == 405
    assert terminal.say("GET", "nothing")[0] == 404
    (clock,) = client.get("/v1/pushingClocks")["clocks"]
    assert [trouble["kind"] for trouble in clock["troubles"]] == ["CLOCK_TROUBLE_KIND_BODY_REFUSED"]
    assert clock["refusedLines"]
