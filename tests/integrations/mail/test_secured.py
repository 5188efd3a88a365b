"""Lines secured by TLS: a certificate that nobody vouches for is refused, in words that say so."""

from __future__ import annotations

import datetime
import ipaddress
import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from fengong.integrations.mail.wire.server import Server, Unreachable
from fengong.integrations.mail.wire.smtp import Line
from tests.integrations.mail.dovecot import _free_port as free_port
from tests.world import NOW


def _certificate(folder: Path) -> Path:
    """A certificate for this machine that only itself has signed, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    place = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    year = datetime.timedelta(days=3650)
    made = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), NOW - year, NOW + year
    )
    signed = made.add_extension(place, critical=False).sign(key, hashes.SHA256())
    pem = signed.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "server.pem"
    path.write_bytes(pem)
    return path


@pytest.fixture
def secured(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """An SMTP server behind TLS, and its certificate."""
    path, port = _certificate(tmp_path), free_port()
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(path)
    controller = Controller(Sink(), hostname="127.0.0.1", port=port, ssl_context=context)
    controller.start()
    yield port, path
    controller.stop()


def test_a_certificate_that_nobody_vouches_for_is_refused_in_words(secured: tuple[int, Path]):
    port, _path = secured
    with pytest.raises(Unreachable) as refused, Line(Server("127.0.0.1", port, "tls")):
        pass
    assert f"The certificate of 127.0.0.1:{port} cannot be trusted" in refused.value.message


def test_a_certificate_that_is_trusted_opens_the_line(
    secured: tuple[int, Path], monkeypatch: pytest.MonkeyPatch
):
    port, path = secured
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    with Line(Server("127.0.0.1", port, "tls")):
        pass


def test_the_wrong_kind_of_security_is_named(smtp):
    with pytest.raises(Unreachable) as refused, Line(Server("127.0.0.1", smtp.port, "tls")):
        pass
    assert "does not speak TLS" in refused.value.message
