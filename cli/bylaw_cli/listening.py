"""Where the gateway listens: whether the port is free, and whether others on the network could reach it."""

import contextlib
import errno
import ipaddress
import socket

import psutil

from bylaw_cli.wording import Refused


def is_loopback(host: str) -> bool:
    """Say whether only this machine can reach that host's address."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def check_free(host: str, port: int) -> None:
    """Raise `Refused` when the port cannot be listened on.

    Asked without SO_REUSEPORT, with which a second server of the same user would quietly share the port.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except socket.gaierror as error:
        raise _no_such_host(host) from error
    except OSError as error:
        raise _cannot_listen(host, port, error) from error


def _cannot_listen(host: str, port: int, error: OSError) -> Refused:
    if error.errno == errno.EADDRINUSE:
        user = _user_of(port)
        return Refused(
            f"Port {port} is taken{f' by process {user}' if user else ''}."
            f" Choose another: BYLAW_PORT={port + 1} make up",
            f"端口 {port} 已被{f'进程 {user} ' if user else ''}占用。请换一个：BYLAW_PORT={port + 1} make up",
        )
    return Refused(
        f"Cannot listen on {host} port {port}: {error.strerror}. Set BYLAW_HOST and BYLAW_PORT to others.",
        f"无法监听 {host} 端口 {port}：{error.strerror}。请修改 BYLAW_HOST 与 BYLAW_PORT。",
    )


def _no_such_host(host: str) -> Refused:
    return Refused(
        f"BYLAW_HOST is {host}, which is no address of this machine. 127.0.0.1 is the usual one.",
        f"BYLAW_HOST 为 {host}，不是本机地址。通常为 127.0.0.1。",
    )


def _user_of(port: int) -> int | None:
    """Return the process that listens on a port, where we may see it."""
    with contextlib.suppress(psutil.Error, OSError):
        for connection in psutil.net_connections("tcp"):
            if connection.status == psutil.CONN_LISTEN and connection.laddr[1:] == (port,):
                return connection.pid
    return None
