"""Encrypted connections: the name is what a certificate must hold, and the checked address what is connected to."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from rumor_tui.model import SourceError
from rumor_tui.sources import Access, LoadContext, Sites
from tests.sources.conftest import QUICK, last, opened
from tests.sources.server import Play, playing


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for blog.example, signed by itself, and its key in one file."""
    if shutil.which("openssl") is None:
        pytest.skip("the openssl program, which makes the certificate, is not installed")
    folder = tmp_path_factory.mktemp("tls")
    made = folder / "made.pem"
    command = [
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
        "-subj", "/CN=blog.example", "-addext", "subjectAltName=DNS:blog.example",
        "-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem"),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    made.write_bytes((folder / "key.pem").read_bytes() + (folder / "cert.pem").read_bytes())
    return made


@pytest.fixture
def secure(certificate: Path) -> Iterator[Play]:
    with playing() as play:
        settings = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        settings.load_cert_chain(certificate)
        play.socket = settings.wrap_socket(play.socket, server_side=True, do_handshake_on_connect=False)
        yield play


def access(play: Play, host: str) -> Access:
    typed = frozenset({(host, play.server_port)})
    return Access(limits=QUICK, typed=typed, resolve=lambda host, port: ["127.0.0.1"], proxies={})


def test_the_certificate_is_checked_against_the_name(
    secure: Play, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    thread = last(
        opened(LoadContext(access(secure, "blog.example"), Sites()), f"https://blog.example:{secure.server_port}/page")
    )
    assert len(thread) == 3
    with pytest.raises(SourceError, match=r"^other\.example has a certificate that cannot be trusted"):
        opened(
            LoadContext(access(secure, "other.example"), Sites()), f"https://other.example:{secure.server_port}/page"
        )


def test_a_certificate_that_nobody_vouches_for(secure: Play) -> None:
    with pytest.raises(SourceError, match=r"^blog\.example has a certificate that cannot be trusted \(self.signed"):
        opened(LoadContext(access(secure, "blog.example"), Sites()), f"https://blog.example:{secure.server_port}/page")


def test_a_server_that_does_not_encrypt() -> None:
    with playing() as play, pytest.raises(SourceError, match=r"^blog\.example "):
        known = LoadContext(access(play, "blog.example"), Sites())
        opened(known, f"https://blog.example:{play.server_port}/page")
