"""pgbench over the server of a world: what the same rows cost without us."""

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import NamedTemporaryFile

from bylaw_cli.postgres_cluster import program_folder


class Limit:
    """pgbench with a script; `psql` is the administrator's address, `search_path` where names without a schema are."""

    def __init__(self, psql: str, script: str, search_path: str) -> None:
        self._psql, self._script, self._search_path = psql, script, search_path

    def rate(self, clients: int, seconds: int) -> float:
        """Runs of the script a second by so many clients."""
        said = self.run("-c", str(clients), "-j", str(min(clients, 2)), "-T", str(seconds))
        found = re.search(r"tps = ([0-9.]+)", said)
        assert found, said
        return float(found[1])

    def run(self, *arguments: str) -> str:
        """What pgbench says of its script; CalledProcessError where it fails."""
        command = [str(program_folder() / "bin" / "pgbench"), "-n", "-M", "prepared", "-f", self._script, *arguments]
        environment = {"PGOPTIONS": f"-c search_path={self._search_path}", "PGCONNECT_TIMEOUT": "5"}
        done = subprocess.run(  # noqa: S603 - our own script
            [*command, self._psql], env=environment, check=True, capture_output=True, text=True
        )
        return done.stdout


@contextmanager
def limit_with(script: str, psql: str, search_path: str = "public") -> Iterator[Limit]:
    """Pgbench with a script, which lies in a file meanwhile."""
    with NamedTemporaryFile("w", suffix=".sql") as file:
        file.write(script)
        file.flush()
        yield Limit(psql, file.name, search_path)
