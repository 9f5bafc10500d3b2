"""A phone on the shop floor trusts this machine, by a certificate that vouches for nothing else."""

import ipaddress
import ssl
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx
import pytest
from bylaw_cli.certificates import Certificate, certificate_for
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, load_pem_private_key

from tests.cli.running import run_up

NOW = datetime.now(UTC).replace(microsecond=0)
LOOPBACK = ipaddress.IPv4Address("127.0.0.1")
SHOP = [ipaddress.IPv4Address("192.168.7.20")]


class Greeting(BaseHTTPRequestHandler):
    """A page of one word."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"well")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
        """Say nothing."""


@contextmanager
def served(certificate: Path, key: Path) -> Iterator[int]:
    """A server over HTTPS with this certificate; its port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with HTTPServer(("127.0.0.1", 0), Greeting) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


def fetched(address: str, authority: Path) -> bytes:
    with httpx.Client(verify=ssl.create_default_context(cafile=authority)) as client:
        return client.get(address).content


def made(folder: Path, *, addresses: list[ipaddress.IPv4Address] = SHOP, now: datetime = NOW) -> Certificate:
    return certificate_for(folder, addresses, "till", now)


def test_whoever_trusts_the_authority_trusts_the_machine_by_its_addresses_and_names(tmp_path: Path) -> None:
    own = made(tmp_path)
    with served(own.certificate, own.key) as port:
        assert fetched(f"https://127.0.0.1:{port}", own.authority) == b"well"
        assert fetched(f"https://localhost:{port}", own.authority) == b"well"
    names = x509.load_pem_x509_certificate(own.certificate.read_bytes()).extensions
    said = names.get_extension_for_class(x509.SubjectAlternativeName).value
    assert SHOP[0] in said.get_values_for_type(x509.IPAddress)
    assert "till.local" in said.get_values_for_type(x509.DNSName)


def test_the_keys_are_their_owners_alone(tmp_path: Path) -> None:
    own = made(tmp_path)
    keys = [own.key, own.authority.with_suffix(".key")]
    assert {stat.S_IMODE(key.stat().st_mode) for key in keys} == {0o600}


def test_the_authority_vouches_for_no_other_site_even_in_the_hands_of_a_thief(tmp_path: Path) -> None:
    own = made(tmp_path)
    issuer = x509.load_pem_x509_certificate(own.authority.read_bytes())
    stolen = load_pem_private_key(own.authority.with_suffix(".key").read_bytes(), None)
    assert isinstance(stolen, ec.EllipticCurvePrivateKey)
    key = load_pem_private_key(own.key.read_bytes(), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    names = x509.SubjectAlternativeName([x509.IPAddress(LOOPBACK), x509.DNSName("bank.example")])
    forged = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([]))
        .issuer_name(issuer.subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(NOW)
        .not_valid_after(NOW + timedelta(days=9))
        .add_extension(names, critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(stolen.public_key()), critical=False)
        .sign(stolen, hashes.SHA256())
    )
    path = tmp_path / "forged.pem"
    path.write_bytes(forged.public_bytes(Encoding.PEM))
    with served(path, own.key) as port, pytest.raises(httpx.ConnectError, match="permitted subtree violation"):
        fetched(f"https://127.0.0.1:{port}", own.authority)


def test_it_stays_while_it_lasts_and_is_made_anew_in_time_by_the_same_authority(tmp_path: Path) -> None:
    own = made(tmp_path)
    first, authority = own.certificate.read_bytes(), own.authority.read_bytes()
    assert made(tmp_path, now=NOW + timedelta(days=300)).certificate.read_bytes() == first
    later = made(tmp_path, now=NOW + timedelta(days=380))
    assert later.certificate.read_bytes() != first
    assert later.authority.read_bytes() == authority


def test_an_authority_that_is_made_anew_signs_the_certificate_anew(tmp_path: Path) -> None:
    made(tmp_path)
    for part in ("authority.pem", "authority.key"):
        (tmp_path / "https" / part).unlink()
    own = made(tmp_path)
    issuer = x509.load_pem_x509_certificate(own.authority.read_bytes())
    x509.load_pem_x509_certificate(own.certificate.read_bytes()).verify_directly_issued_by(issuer)


def test_another_address_of_a_local_network_needs_no_other_authority_and_a_strange_one_does(tmp_path: Path) -> None:
    authority = made(tmp_path).authority.read_bytes()
    assert made(tmp_path, addresses=[ipaddress.IPv4Address("10.1.2.3")]).authority.read_bytes() == authority
    moved = made(tmp_path, addresses=[ipaddress.IPv4Address("198.51.100.7")])
    assert moved.authority.read_bytes() != authority


def test_up_answers_over_https_and_shows_a_phone_the_way(folder: Path) -> None:
    with run_up(folder, OVER_HTTPS="1", NO_DEMONSTRATION="1") as run:
        run.says("Ctrl-C ends everything.")
        authority = folder / "https" / "authority.pem"
        assert fetched(f"https://127.0.0.1:{run.port}/", authority)
        assert "/certificate" in run.text()
        assert "▄" in run.text()
