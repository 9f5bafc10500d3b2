"""Generated code is what the protos say today, and the contract is free of lint."""

import filecmp
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.contract.contracts import ROOT

GENERATED = ROOT / "protos" / "generated"


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("generated")
    plugins = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    command = [sys.executable, ROOT / "protos" / "generate.py", folder]
    subprocess.run(command, check=True, env={**os.environ, "PATH": plugins})
    return folder


def files(folder: Path) -> set[str]:
    found = folder.rglob("*")
    return {str(path.relative_to(folder)) for path in found if path.is_file() and "__pycache__" not in path.parts}


def test_generated_code_is_current(fresh: Path) -> None:
    assert files(fresh) == files(GENERATED) - {"py.typed", "bylaw/py.typed"}
    _, different, faulty = filecmp.cmpfiles(fresh, GENERATED, sorted(files(fresh)), shallow=False)
    assert different == []
    assert faulty == []


def test_the_contract_has_no_lint() -> None:
    command = [sys.executable, ROOT / "deploy" / "contract.py"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
