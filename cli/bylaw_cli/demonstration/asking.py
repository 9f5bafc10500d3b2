"""How the demonstration asks the services: as the administrator, or as one of its people, who signs in once."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import grpc
from bylaw.people.v1 import sign_in_pb2, sign_in_pb2_grpc, staff_pb2
from bylaw_chassis.clock import Clock

ZONE = ZoneInfo("Asia/Shanghai")
SECONDS = 60
AT_ONCE = 4
Thing = TypeVar("Thing")


@dataclass
class Asking:
    """A channel to each service, an administrator's token, the one password of its people, a clock.

    `before` reaches a service as it would have answered at an earlier hour: a month was closed when it was over, and
    goods were issued day by day.

    `hear` has a service do now what one of its timers does, such as hearing what a neighbour told.

    `people`, by number, `units` and `positions`, by code, are filled once they are there.
    """

    channels: Mapping[str, grpc.Channel]
    token: str
    password: str
    clock: Clock
    before: Callable[[str, datetime], grpc.Channel]
    hear: Callable[[str, str], None]
    people: dict[str, staff_pb2.Person] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    positions: dict[str, str] = field(default_factory=dict)
    today: date = field(init=False)
    _tokens: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """The company's day is that on which the load begins."""
        self.today = self.now().date()

    def now(self) -> datetime:
        """The hour at the company."""
        return self.clock().astimezone(ZONE)

    def day(self, days: int) -> str:
        """The date so many days from today."""
        return (self.today + timedelta(days=days)).isoformat()

    def stub(self, kind: Callable[[grpc.Channel], Any]) -> Any:
        """The calls of a contract, at the service whose it is."""
        return kind(self.channels[_service(kind)])

    def stub_at(self, kind: Callable[[grpc.Channel], Any], at: datetime) -> Any:
        """The calls of a contract of attendance's or inventory's, made at an earlier hour; one hour at a time."""
        return kind(self.before(_service(kind), at))

    def ask(self, method: Callable[..., Any], request: Any, *, by: str = "") -> Any:
        """The answer to a call by the administrator, or by somebody's number."""
        token = self._token(by) if by else self.token
        return method(request, timeout=SECONDS, metadata=(("authorization", f"Bearer {token}"),))

    def together(self, act: Callable[[Thing], object], things: Iterable[Thing]) -> None:
        """Does something for each, several at once: passwords are slow to check on purpose, and the rest waits."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(act, things))

    def sign_in(self, numbers: Iterable[str]) -> None:
        """Signs them in ahead, several at once."""
        self.together(self._token, numbers)

    def name(self, number: str) -> str:
        """`people/{person}` of a number."""
        return str(self.people[number].name)

    def _token(self, number: str) -> str:
        if number not in self._tokens:
            request = sign_in_pb2.CreateSessionRequest(login=self.people[number].login, password=self.password)
            session = self.stub(sign_in_pb2_grpc.SignInStub).CreateSession(request, timeout=SECONDS)
            self._tokens[number] = session.access_token
        return self._tokens[number]


def _service(kind: Callable[[grpc.Channel], Any]) -> str:
    """Whose contract it is."""
    return kind.__module__.split(".")[1]
