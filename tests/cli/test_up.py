"""`bylaw up` starts everything with one command, and Ctrl-C ends everything."""

import os
import signal
import socket
import time
from pathlib import Path

import psutil
import pytest
from bylaw_cli.listening import check_free, is_loopback
from bylaw_cli.wording import Refused

from tests.cli.running import Run, free_port, gone, run_up
from tests.cli.starting import eventually, servers_in


def test_it_says_where_it_is_who_may_sign_in_and_where_the_data_lies(used: Path) -> None:
    with run_up(used) as run:
        run.says("结束全部进程")
        assert run.answers()
        for part in (f"Address        http://127.0.0.1:{run.port}\n", f"地址           http://127.0.0.1:{run.port}\n"):
            assert part in run.text()
        assert f"Data           {used}\n" in run.text()
        assert "chen.jing      demonstration" in run.text()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_however_it_is_asked_to_end_nothing_is_left_running(used: Path, number: signal.Signals) -> None:
    with run_up(used) as run:
        run.says("Ctrl-C ends everything")
        family = run.family()
        assert len(family) > 8
        run.process.send_signal(number)
        assert run.process.wait(30) == 0
        assert gone(family)
    assert "Stopped. Nothing is left running." in run.text()
    assert "Traceback" not in run.text()


def test_ctrl_c_reaching_every_process_of_the_terminal_makes_no_noise(used: Path) -> None:
    with run_up(used) as run:
        run.says("Ctrl-C ends everything")
        started = time.monotonic()
        os.killpg(run.process.pid, signal.SIGINT)
        run.process.wait(30)
        assert time.monotonic() - started < 10
    assert run.text().strip().endswith("已停止，没有遗留进程。")
    assert "ERROR" not in run.text().upper()


def test_told_to_end_while_its_workers_start_it_ends_at_once(used: Path) -> None:
    with run_up(used, STARTING_SECONDS="60") as run:
        eventually(lambda: len(_workers(run)) == 2)
        started = time.monotonic()
        run.process.send_signal(signal.SIGTERM)
        assert run.process.wait(30) == 0
        assert time.monotonic() - started < 10
    assert "Traceback" not in run.text()


def _workers(run: Run) -> list[psutil.Process]:
    """The forked workers, which share their starter's command line; the guard of PostgreSQL does not."""
    itself = psutil.Process(run.process.pid)
    return [child for child in itself.children() if child.cmdline() == itself.cmdline()]


def test_the_demonstration_company_is_loaded_once(used: Path) -> None:
    for expected in (1, 0):
        with run_up(used) as run:
            run.says("Ctrl-C ends everything")
        assert run.text().count("Loading the demonstration company") == expected


def test_a_start_killed_while_the_demonstration_is_loaded_loads_it_again(used: Path) -> None:
    with run_up(used, LOADING_SECONDS="60") as run:
        run.says("Loading the demonstration company")
        family = run.family()
        run.process.kill()
        eventually(lambda: gone(family))
    with run_up(used) as run:
        run.says("Ctrl-C ends everything")
    assert "Loading the demonstration company" in run.text()


def test_killed_without_warning_it_leaves_nothing_and_the_next_start_works_on_the_same_port(used: Path) -> None:
    port = free_port()
    with run_up(used, port=port) as run:
        run.says("Ctrl-C ends everything")
        family = run.family()
        run.process.kill()
        eventually(lambda: gone(family))
    with run_up(used, port=port) as run:
        run.says("Ctrl-C ends everything")
        assert run.answers()


def test_a_taken_port_is_refused_before_anything_is_started(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with run_up(folder, port=port) as run:
            assert run.process.wait(30) == 1
    assert f"Port {port} is taken by process" in run.text()
    assert f"端口 {port} 已被" in run.text()
    assert not (folder / "postgresql-18").exists()


def test_a_second_run_on_the_same_data_is_refused(used: Path) -> None:
    with run_up(used) as first:
        first.says("Ctrl-C ends everything")
        with run_up(used) as second:
            assert second.process.wait(30) == 1
        assert f"in use by process {first.process.pid}" in second.text()
        assert first.answers()


def test_the_demonstration_company_is_not_shown_to_a_network(used: Path) -> None:
    with run_up(used, host="0.0.0.0") as run:  # noqa: S104 - it must refuse
        assert run.process.wait(30) == 1
    assert "not shown to a network" in run.text()
    assert "--no-demonstration" in run.text()
    assert servers_in(used) == []


def test_without_the_demonstration_a_network_may_be_served(used: Path) -> None:
    with run_up(used, host="0.0.0.0", NO_DEMONSTRATION="1") as run:  # noqa: S104 - wanted here
        run.says("Ctrl-C ends everything")
    with run_up(used) as run:
        run.says("Ctrl-C ends everything")
    assert "demonstration" not in run.text()


def test_a_database_that_dies_ends_the_run_with_a_word(used: Path) -> None:
    with run_up(used) as run:
        run.says("Ctrl-C ends everything")
        for server in servers_in(used):
            server.kill()
        assert run.process.wait(30) == 1
    assert "PostgreSQL ended unexpectedly" in run.text()


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost"])
def test_an_address_of_this_machine_alone_is_private(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.1.2.3", "shop.example"])  # noqa: S104 - never bound
def test_any_other_address_is_open_to_a_network(host: str) -> None:
    assert not is_loopback(host)


def test_an_address_of_another_machine_is_named() -> None:
    with pytest.raises(Refused, match=r"Cannot listen on 192\.0\.2\.1 port 8080"):
        check_free("192.0.2.1", 8080)
