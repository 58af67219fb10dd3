"""The simulator under a name and behind TLS, as clients find the Ministry's hosts.

Some clients refuse links that lead to loopback or have no TLS, and have no switch for it. They get
what a company's network gives them: a proxy (`HTTPS_PROXY`), and a certificate authority to trust
(`SSL_CERT_FILE`). Behind the proxy the name leads to the simulator. The clients stay as they are.
"""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from attrs import frozen

#: A name that can lead nowhere else (RFC 2606: ".test" is never delegated).
NAME = "ksef-simulator.test"
#: For a client that knows the Ministry's names and takes no other. Nothing leaves this machine: the
#: proxy leads the name to the simulator, and knows no way out.
MINISTRYS_NAME = "api-test.ksef.mf.gov.pl"
_PIECE = 65536
_LONGEST_HEAD = 8192


@frozen
class Front:
    """Where the proxy listens, and the file with the authority that it is to be trusted by."""

    proxy: str
    authority: Path

    @property
    def variables(self) -> dict[str, str]:
        """Environment variables that lead HTTP clients through the proxy."""
        return {
            "HTTPS_PROXY": self.proxy,
            "https_proxy": self.proxy,
            "NO_PROXY": "",
            "no_proxy": "",
            "SSL_CERT_FILE": str(self.authority),
            "REQUESTS_CA_BUNDLE": str(self.authority),
            "NODE_EXTRA_CA_CERTS": str(self.authority),
        }


@contextmanager
def front(port: int, folder: Path, name: str = NAME) -> Iterator[Front]:
    """A proxy that knows one name and leads it to a port of this machine."""
    context = _make_certificates(folder, name)
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="front", daemon=True)
    thread.start()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError, ssl.SSLError):
            await _connect(reader, writer, context, (name, port))
        writer.close()

    async def begin() -> asyncio.Server:
        return await asyncio.start_server(serve, "127.0.0.1", 0, limit=_LONGEST_HEAD)

    server = asyncio.run_coroutine_threadsafe(begin(), loop).result()
    bound = server.sockets[0].getsockname()[1]
    try:
        yield Front(f"http://127.0.0.1:{bound}", folder / "authority.pem")
    finally:
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


async def _connect(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    context: ssl.SSLContext,
    known: tuple[str, int],
) -> None:
    name, port = known
    head = await reader.readuntil(b"\r\n\r\n")
    method, target, *_ = head.split(b" ", 2)
    if method != b"CONNECT" or target != f"{name}:443".encode():
        writer.write(b"HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n")
        await writer.drain()
        return
    writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
    await writer.drain()
    await writer.start_tls(context)
    from_simulator, to_simulator = await asyncio.open_connection("127.0.0.1", port)
    try:
        await asyncio.gather(_pipe(reader, to_simulator), _pipe(from_simulator, writer))
    finally:
        to_simulator.close()


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while piece := await reader.read(_PIECE):
            writer.write(piece)
            await writer.drain()
    writer.close()


def _make_certificates(folder: Path, name: str) -> ssl.SSLContext:
    """An authority for one trial, and a server's certificate from it."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    def named(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])

    def make(subject: str, public: Any, *extensions: x509.ExtensionType) -> x509.Certificate:
        now = datetime.now(UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(named(subject))
            .issuer_name(named("Authority of one trial"))
            .public_key(public)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
        )
        for extension in extensions:
            builder = builder.add_extension(
                extension, critical=isinstance(extension, x509.BasicConstraints)
            )
        identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(root.public_key())
        builder = builder.add_extension(identifier, critical=False)
        return builder.sign(root, hashes.SHA256())

    root, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority = make(
        "Authority of one trial",
        root.public_key(),
        x509.BasicConstraints(ca=True, path_length=0),
        x509.SubjectKeyIdentifier.from_public_key(root.public_key()),
        x509.KeyUsage(False, False, False, False, False, True, True, False, False),
    )
    server = make(name, key.public_key(), x509.SubjectAlternativeName([x509.DNSName(name)]))
    pem = serialization.Encoding.PEM
    (folder / "authority.pem").write_bytes(authority.public_bytes(pem))
    (folder / "server.pem").write_bytes(
        server.public_bytes(pem)
        + key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem")
    return context
