"""The certificate by which phones on the local network trust this machine: made here, for its own names alone.

An authority of ten years signs a certificate of thirteen months. The authority may vouch for local networks and for
this machine's own names and addresses, and for nothing else on the internet; on a network that it may not vouch for, it
is made anew.
"""

import ipaddress
import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import psutil
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

FOLDER = "https"
AUTHORITY_DAYS, DAYS, RENEW_DAYS = 3650, 397, 30
LOCAL_NETWORKS = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "127.0.0.0/8")

Address = ipaddress.IPv4Address
Authority = tuple[x509.Certificate, ec.EllipticCurvePrivateKey]


@dataclass(frozen=True)
class Certificate:
    """Where the certificate, its key, and the authority that a phone is told to trust lie."""

    certificate: Path
    key: Path
    authority: Path


def local_addresses() -> list[ipaddress.IPv4Address]:
    """The addresses by which others on the local network reach this machine, in the order of its network cards."""
    found = [
        ipaddress.IPv4Address(one.address)
        for name, addresses in psutil.net_if_addrs().items()
        if name in (states := psutil.net_if_stats()) and states[name].isup
        for one in addresses
        if one.family == socket.AF_INET
    ]
    return [address for address in found if not address.is_loopback]


def certificate_for(folder: Path, addresses: Sequence[Address], host_name: str, now: datetime) -> Certificate:
    """The one in a data folder; made, or made anew where it ends soon or is for other addresses."""
    place = folder / FOLDER
    place.mkdir(mode=0o700, exist_ok=True)
    authority = _authority(place, addresses, host_name, now)
    made = Certificate(place / "server.pem", place / "server.key", place / "authority.pem")
    if not _still_good(made, authority[0], addresses, host_name, now):
        _make(made, authority, addresses, host_name, now)
    return made


def _authority(place: Path, addresses: Sequence[Address], host_name: str, now: datetime) -> Authority:
    paths = place / "authority.pem", place / "authority.key"
    if all(path.exists() for path in paths):
        present = x509.load_pem_x509_certificate(paths[0].read_bytes())
        held = serialization.load_pem_private_key(paths[1].read_bytes(), None)
        if isinstance(held, ec.EllipticCurvePrivateKey) and _may_vouch(present, addresses, host_name, now):
            return present, held
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(f"Bylaw {host_name}")
    builder = _signed_for(name, name, key.public_key(), now, AUTHORITY_DAYS)
    certificate = (
        builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_may(cert_sign=True), critical=True)
        .add_extension(_constraints(addresses, host_name), critical=True)
        .sign(key, hashes.SHA256())
    )
    _keep(paths[1], _private(key), secret=True)
    _keep(paths[0], certificate.public_bytes(serialization.Encoding.PEM), secret=False)
    return certificate, key


def _make(
    made: Certificate,
    authority: Authority,
    addresses: Sequence[Address],
    host_name: str,
    now: datetime,
) -> None:
    issuer, signing = authority
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _signed_for(_name(host_name), issuer.subject, key.public_key(), now, DAYS)
    certificate = (
        builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_may(cert_sign=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(_names(addresses, host_name)), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()), critical=False)
        .sign(signing, hashes.SHA256())
    )
    chain = certificate.public_bytes(serialization.Encoding.PEM) + issuer.public_bytes(serialization.Encoding.PEM)
    _keep(made.key, _private(key), secret=True)
    _keep(made.certificate, chain, secret=False)


def _still_good(
    made: Certificate, issuer: x509.Certificate, addresses: Sequence[Address], host_name: str, now: datetime
) -> bool:
    if not (made.certificate.exists() and made.key.exists()):
        return False
    present = x509.load_pem_x509_certificate(made.certificate.read_bytes())
    held = present.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    lasts = present.not_valid_after_utc - timedelta(days=RENEW_DAYS) > now
    return lasts and _is_signed_by(issuer, present) and set(_names(addresses, host_name)) <= set(held)


def _is_signed_by(issuer: x509.Certificate, certificate: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except (ValueError, InvalidSignature):
        return False
    return True


def _names(addresses: Sequence[Address], host_name: str) -> list[x509.GeneralName]:
    own = [ipaddress.IPv4Address("127.0.0.1"), *addresses]
    dns = dict.fromkeys(("localhost", host_name, f"{host_name}.local"))
    return [*(x509.DNSName(name) for name in dns), *(x509.IPAddress(address) for address in dict.fromkeys(own))]


def _may_vouch(authority: x509.Certificate, addresses: Sequence[Address], host_name: str, now: datetime) -> bool:
    constraints = authority.extensions.get_extension_for_class(x509.NameConstraints).value
    permitted = constraints.permitted_subtrees or []
    values = [one.value for one in permitted if isinstance(one, x509.IPAddress)]
    networks = [value for value in values if isinstance(value, ipaddress.IPv4Network)]
    reached = all(any(address in network for network in networks) for address in addresses)
    lasts = authority.not_valid_after_utc - timedelta(days=DAYS) > now
    return reached and lasts and x509.DNSName(host_name) in permitted


def _constraints(addresses: Sequence[Address], host_name: str) -> x509.NameConstraints:
    networks = [ipaddress.IPv4Network(one) for one in (*LOCAL_NETWORKS, *(f"{address}/32" for address in addresses))]
    permitted: list[x509.GeneralName] = [x509.DNSName(name) for name in ("localhost", host_name, "local")]
    permitted += [x509.IPAddress(network) for network in networks]
    return x509.NameConstraints(permitted_subtrees=permitted, excluded_subtrees=None)


def _signed_for(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime, days: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _may(*, cert_sign: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not cert_sign,
        key_cert_sign=cert_sign,
        crl_sign=cert_sign,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common[:64])])


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _keep(path: Path, content: bytes, *, secret: bool) -> None:
    """Write a file whole, readable by its owner alone where it is a secret."""
    beside = path.with_suffix(path.suffix + ".new")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600 if secret else 0o644), "wb") as file:
        file.write(content)
    beside.replace(path)
