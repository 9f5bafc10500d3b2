"""The command `bylaw` as people of the demonstration company type it, each signed in once."""

from dataclasses import dataclass, field

from bylaw_cli.main import build
from bylaw_cli.wording import Language
from click.testing import CliRunner

from tests.journeys.client import Client
from tests.journeys.company import PASSWORD, Company


@dataclass
class Commanding:
    """Types commands as somebody; a command has to end well unless it is said that it is refused."""

    company: Company
    clients: dict[str, Client] = field(default_factory=dict)

    def client(self, login: str) -> Client:
        """A signed-in client of theirs."""
        if login not in self.clients:
            self.clients[login] = Client(self.company.address, login, PASSWORD)
        return self.clients[login]

    def bylaw(self, login: str, *words: str, typed: str = "", language: Language = "en") -> str:
        """What a command prints that ends well."""
        code, said = self._run(login, words, typed, language)
        assert code == 0, said
        return said

    def refused(self, login: str, *words: str, typed: str = "", language: Language = "en") -> str:
        """What a command prints that is refused."""
        code, said = self._run(login, words, typed, language)
        assert code == 1, said
        return said

    def close(self) -> None:
        """Closes every connection."""
        for client in self.clients.values():
            client.http.close()

    def _run(self, login: str, words: tuple[str, ...], typed: str, language: Language) -> tuple[int, str]:
        told = {"BYLAW_URL": self.company.address, "BYLAW_TOKEN": self.client(login).token}
        done = CliRunner(env=told).invoke(build(language, words[:1]), words, input=typed)
        return done.exit_code, done.output
