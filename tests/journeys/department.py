"""A small department made over REST in a fresh installation, for journeys through what its people do together."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from tests.journeys.client import Client

PASSWORD = "quiet harbour lights"  # noqa: S105 - of people who are made for a journey
SECONDS = 5.0
"""Within so many, everything that ends is ended everywhere."""

FILES = {
    "SITES": "code,title_zh,title_en,time_zone,calendar\nHQ,总部,Head office,Asia/Shanghai,CN\n",
    "UNITS": "code,title_zh,title_en,kind,parent\n"
    "CO,公司,Company,company,\nECOM,电商部,E-commerce,department,CO\n"
    "MARKET,市场组,Marketing,team,ECOM\nSERVICE,客服组,Customer service,team,ECOM\n",
    "POSITIONS": "code,title_zh,title_en,unit,required_skills\n"
    "AGENT,客服,Agent,SERVICE,\nDRAWER,设计,Designer,MARKET,Drawing:6\n",
    "PEOPLE": "number,name,login,unit,position,site,employment_kind,start_date,skills\n"
    "1,林越,director,ECOM,,HQ,formal,2024-01-01,\n"
    "2,何嘉,marketing,MARKET,,HQ,formal,2024-01-01,\n"
    "3,孙宁,service,SERVICE,AGENT,HQ,formal,2024-01-01,\n"
    "4,吴念,designer,MARKET,DRAWER,HQ,formal,2024-01-01,Drawing:12\n"
    "5,赵一帆,agent,SERVICE,AGENT,HQ,temporary,2024-01-01,\n"
    "6,周敏,clerk,ECOM,,HQ,formal,2024-01-01,\n7,郑可,herald,ECOM,,HQ,formal,2024-01-01,\n",
}
HEADS = {"ECOM": "director", "MARKET": "marketing", "SERVICE": "service"}


def today() -> date:
    """The day it is for the department."""
    return datetime.now(UTC).astimezone(ZoneInfo("Asia/Shanghai")).date()


@dataclass
class Department:
    """Its people by login, its units by code, and the administrator who made it."""

    administrator: Client
    people: dict[str, str] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    _opened: ExitStack = field(default_factory=ExitStack)

    def sign_in(self, login: str) -> Client:
        """A session of somebody's, from a device of its own; its connection is closed with the department."""
        client = Client(self.administrator.address, login, PASSWORD)
        self._opened.callback(client.http.close)
        return client

    def grant(self, login: str, role: str, **more: str) -> Any:
        """Gives somebody a role for the whole company, from today."""
        wish = {"person": self.people[login], "role": f"roles/{role}", "scope": "SCOPE_COMPANY"}
        return self.administrator.post("/v1/grants", {**wish, "startDate": today().isoformat(), **more})

    def close(self) -> None:
        """Closes every connection."""
        self._opened.close()


@contextmanager
def department_of(administrator: Client) -> Iterator[Department]:
    """Makes it: files, heads, logins."""
    for kind, text in FILES.items():
        administrator.upload(
            "/v1/organisation:import",
            text.encode(),
            kind=f"ORGANISATION_FILE_KIND_{kind}",
            effectiveDate="2024-01-01",
        )
    made = Department(administrator)
    made.units = {unit["code"]: unit["name"] for unit in administrator.all("/v1/units", "units")}
    made.people = {person["login"]: person["name"] for person in administrator.all("/v1/people", "people")}
    for code, login in HEADS.items():
        body = {"head": made.people[login], "effectiveDate": "2024-01-01"}
        administrator.post(f"/v1/{made.units[code]}:appointHead", body)
    for login, name in made.people.items():
        if login != administrator.login:
            administrator.post(f"/v1/{name}:setPassword", {"newPassword": PASSWORD})
    yield made
    made.close()


def eventually(ask: Callable[[], Any], *, within_seconds: float = SECONDS) -> Any:
    """The first answer that counts; fails when none comes in time."""
    ends = time.monotonic() + within_seconds
    while not (answer := ask()):
        assert time.monotonic() < ends, f"nothing within {within_seconds} s"
        time.sleep(0.1)
    return answer
