"""The key that a home signs with, made at its first use."""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_YEARS = 20
_ROOT, _CHAIN, _KEY = "root.pem", "chain.pem", "key.pem"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """What a file is signed with, in PEM."""

    chain: str
    """The home's certificate, then the root it comes from."""
    key: str
    root: str
    """What a signature of this home is checked against."""


def signing_key(home: Path) -> SigningKey:
    """Return the key of the home in folder `home`, made if it isn't there.

    It is self-signed: others see that a file is unchanged since it was signed, and this home sees
    that it signed it.
    """
    folder = home / "signing"
    if not (folder / _KEY).is_file():
        _make(folder)
    chain, key, root = ((folder / name).read_text("ascii") for name in (_CHAIN, _KEY, _ROOT))
    return SigningKey(chain, key, root)


def _make(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    root_key, leaf_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root_name, leaf_name = _name("selfsame home"), _name("selfsame twins of this home")
    root = _root(root_name, root_key)
    leaf = _leaf(leaf_name, leaf_key, root, root_key)
    pem = Encoding.PEM
    _write(folder / _ROOT, root.public_bytes(pem))
    _write(folder / _CHAIN, leaf.public_bytes(pem) + root.public_bytes(pem))
    private = leaf_key.private_bytes(pem, PrivateFormat.PKCS8, NoEncryption())
    _write(folder / _KEY, private)


def _write(path: Path, content: bytes) -> None:
    partial = path.with_suffix(".partial")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    partial.replace(path)


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "selfsame"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _draft(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365 * _YEARS))
    )


def _usage(*, signs_files: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs_files,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not signs_files,
        crl_sign=not signs_files,
        encipher_only=False,
        decipher_only=False,
    )


def _root(name: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    return (
        _draft(name, name, key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(_usage(signs_files=False), critical=True)
        .add_extension(identifier, critical=False)
        .sign(key, hashes.SHA256())
    )


def _leaf(
    name: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    root: x509.Certificate,
    root_key: ec.EllipticCurvePrivateKey,
) -> x509.Certificate:
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key())
    use = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION])
    own = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    return (
        _draft(name, root.subject, key.public_key())
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_files=True), critical=True)
        .add_extension(use, critical=False)
        .add_extension(own, critical=False)
        .add_extension(identifier, critical=False)
        .sign(root_key, hashes.SHA256())
    )
