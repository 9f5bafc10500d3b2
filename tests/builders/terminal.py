"""A simulated clock on a wall: it keeps what people punch and speaks the push protocol over a real socket."""

import http.client
import re
from dataclasses import dataclass, field

COMMAND = re.compile(r"C:(\d+):(.*)")


@dataclass
class Terminal:
    """A clock with a log of its own; `host` and `port` are where it was told to push to."""

    host: str
    port: int
    serial_number: str = "BYLAW0001"
    key: str = ""
    """The communication key set in its menu; as most do, it sends that with its hello alone."""

    address: str = ""
    """Where it stands, as a proxy before the gateway tells; none: it comes by itself."""

    log: list[str] = field(default_factory=list)
    unsent: list[str] = field(default_factory=list)

    def punch(self, pin: str, local_time: str, rest: str = "0\t1\t0\t0\t0") -> None:
        """Somebody puts a finger on it."""
        line = f"{pin}\t{local_time}\t{rest}"
        self.log.append(line)
        self.unsent.append(line)

    def say(self, verb: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> tuple[int, str]:
        """Status and text of an answer."""
        wire = http.client.HTTPConnection(self.host, self.port, timeout=20)
        try:
            told = {"X-Forwarded-For": self.address} if self.address else {}
            wire.request(verb, f"/iclock/{path}", body or None, told | (headers or {}))
            answer = wire.getresponse()
            return answer.status, answer.read().decode()
        finally:
            wire.close()

    def hello(self) -> dict[str, str]:
        """Says hello; what it is told to do, by name."""
        status, text = self.greet()
        assert status == 200, text
        head, *lines = text.strip().split("\n")
        assert head == f"GET OPTION FROM: {self.serial_number}"
        return dict(line.partition("=")[::2] for line in lines)

    def greet(self) -> tuple[int, str]:
        """Says hello; the answer as it is."""
        key = f"&pushcommkey={self.key}" if self.key else ""
        return self.say("GET", f"cdata?SN={self.serial_number}&options=all&pushver=2.4.1&language=83{key}")

    def push(self, body: bytes, table: str = "ATTLOG", stamp: str = "9999") -> tuple[int, str]:
        """Sends a body."""
        return self.say("POST", f"cdata?SN={self.serial_number}&table={table}&Stamp={stamp}", body)

    def upload(self) -> tuple[int, str]:
        """Sends what it has not sent yet, and forgets nothing before it hears OK."""
        status, text = self.push(("\n".join(self.unsent) + "\n").encode())
        if text.startswith("OK"):
            self.unsent.clear()
        return status, text

    def upload_everything(self) -> tuple[int, str]:
        """Sends its whole log again, as with a stamp of 0."""
        return self.push(("\n".join(self.log) + "\n").encode(), stamp="0")

    def poll(self) -> list[str]:
        """Asks what to do, carries it out, and says so; answers the commands it was given."""
        status, text = self.say("GET", f"getrequest?SN={self.serial_number}")
        assert status == 200, text
        commands = COMMAND.findall(text)
        for number, command in commands:
            said = f"ID={number}&{self._carried_out(command)}\n".encode()
            assert self.say("POST", f"devicecmd?SN={self.serial_number}", said) == (200, "OK\n")
        return [command for _, command in commands]

    def _carried_out(self, command: str) -> str:
        """What it says of a command once it has carried it out."""
        verb, first, last = self._asked(command)
        lines = [line for line in self.log if first <= line.split("\t")[1] <= last]
        if verb == "VERIFY SUM":
            return f"Return=0&CMD=VERIFY SUM&StartTime={first}&EndTime={last}&AttlogSum={len(lines)}"
        self.push(("\n".join(lines) + "\n").encode())
        return "Return=0&CMD=DATA"

    @staticmethod
    def _asked(command: str) -> tuple[str, str, str]:
        found = re.fullmatch(r"(DATA QUERY|VERIFY SUM) ATTLOG StartTime=(.{19})\tEndTime=(.{19})", command)
        assert found, command
        return found[1], found[2], found[3]
