"""Encryption: published vectors, and what code of another make decrypts."""

from __future__ import annotations

import base64
import hashlib
import secrets
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st

from ksef_facade.crypto.encryption import (
    SessionKey,
    encrypt_token,
    encrypted_size,
    sha256_base64,
    wrap_key,
)
from ksef_facade.errors import ConfigurationError, IntegrityFailure

DATA = Path(__file__).parents[4] / "shared" / "data"
INVOICE = DATA / "samples" / "fa3-mf" / "FA_3_Przyklad_01.xml"
needs_samples = pytest.mark.skipif(
    not INVOICE.exists(), reason="../shared/data is absent: the official sample invoices are there"
)

KEY = SessionKey(bytes(range(32)), bytes(range(16)))


def decrypt(key: SessionKey, content: bytes) -> bytes:
    """Undo AES-CBC block by block from AES itself, so that nothing is shared with the code."""
    aes = Cipher(algorithms.AES(key.key), modes.ECB()).decryptor()
    plain = bytearray()
    previous = key.iv
    for start in range(0, len(content), 16):
        block = content[start : start + 16]
        plain += bytes(a ^ b for a, b in zip(aes.update(block), previous, strict=True))
        previous = block
    assert 1 <= plain[-1] <= 16
    assert plain[-plain[-1] :] == bytes([plain[-1]]) * plain[-1]
    return bytes(plain[: -plain[-1]])


@pytest.fixture(scope="module")
def private_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(scope="module")
def certificate(private_key: rsa.RSAPrivateKey) -> bytes:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Test")])
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private_key.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=365))
        .sign(private_key, hashes.SHA256())
        .public_bytes(serialization.Encoding.DER)
    )


def openssl_style_oaep_decrypt(private_key: rsa.RSAPrivateKey, content: bytes) -> bytes:
    """RSA-OAEP from its definition (RFC 8017, 7.1.2) with SHA-256 for both of its hashes."""
    numbers = private_key.private_numbers()
    n = numbers.public_numbers.n
    size = private_key.key_size // 8
    assert len(content) == size
    encoded = pow(int.from_bytes(content), numbers.d, n).to_bytes(size)

    def mask(seed: bytes, length: int) -> bytes:
        blocks = (hashlib.sha256(seed + i.to_bytes(4)).digest() for i in range(length // 32 + 1))
        return b"".join(blocks)[:length]

    def xor(a: bytes, b: bytes) -> bytes:
        return bytes(x ^ y for x, y in zip(a, b, strict=True))

    assert encoded[0] == 0
    masked_seed, masked = encoded[1:33], encoded[33:]
    seed = xor(masked_seed, mask(masked, 32))
    block = xor(masked, mask(seed, len(masked)))
    assert block[:32] == hashlib.sha256(b"").digest()
    zeros, one, message = block[32:].partition(b"\x01")
    assert zeros.strip(b"\0") == b""
    assert one
    return message


@pytest.mark.parametrize(
    ("plain", "encrypted"),
    [
        (b"", "6cPvirI0U+bwdJzWNueojg=="),
        (b"KSeF", "akq1YTFftdaH6+bRlaIuZw=="),
        (b"0123456789abcdef", "4j/AuRx71kQlxVlzbpsMWEhewdanHmFZMjJdZQbsNwA="),
    ],
)
def test_content_is_encrypted_as_published(plain: bytes, encrypted: str) -> None:
    assert base64.b64encode(KEY.encrypt(plain)).decode() == encrypted


@needs_samples
def test_an_official_invoice_has_the_published_hashes_and_sizes() -> None:
    invoice = INVOICE.read_bytes()
    assert len(invoice) == 3387
    assert sha256_base64(invoice) == "X+wQflQVyRs1fImlI+xDPnWk1V37hys4O1lkx9iJbSA="
    encrypted = KEY.encrypt(invoice)
    assert len(encrypted) == 3392
    assert sha256_base64(encrypted) == "EWB5+Jp1PzZKVE5lLS5w5DyQ/77SZZ7qPCGPboOwz3k="


@given(
    st.binary(max_size=200),
    st.binary(min_size=32, max_size=32),
    st.binary(min_size=16, max_size=16),
)
def test_other_code_decrypts_it_and_finds_no_vector_in_front(
    plain: bytes, key: bytes, iv: bytes
) -> None:
    session_key = SessionKey(key, iv)
    encrypted = session_key.encrypt(plain)
    assert decrypt(session_key, encrypted) == plain
    assert len(encrypted) == encrypted_size(len(plain))


@pytest.mark.parametrize(
    ("plain", "encrypted"),
    [
        (0, 16),
        (15, 16),
        (16, 32),
        (6480, 6496),
        (16037, 16048),
        (22425060, 22425072),
        (100000000, 100000016),
    ],
)
def test_sizes_follow_the_published_law(plain: int, encrypted: int) -> None:
    assert encrypted_size(plain) == encrypted


@pytest.mark.parametrize(
    ("key", "iv"),
    [(b"k" * 31, b"i" * 16), (b"k" * 16, b"i" * 16), (b"k" * 32, b"i" * 14), (b"k" * 32, b"")],
)
def test_a_key_or_vector_of_another_length_is_refused(key: bytes, iv: bytes) -> None:
    with pytest.raises(ConfigurationError, match=r"of AES-256-CBC is (32|16) bytes"):
        SessionKey(key, iv)


def test_generated_keys_differ_and_have_the_right_lengths() -> None:
    one, other = SessionKey.generate(), SessionKey.generate()
    assert (len(one.key), len(one.iv)) == (32, 16)
    assert one.key != other.key
    assert one.iv != other.iv


def test_a_key_does_not_show_itself() -> None:
    key = SessionKey(b"secret-secret-secret-secret-1234", b"vector-vector-16")
    for text in (repr(key), str(key), f"{key}", f"{[key]}"):
        assert "secret" not in text
        assert "vector" not in text


def test_the_holder_of_the_private_key_unwraps_the_session_key(
    private_key: rsa.RSAPrivateKey, certificate: bytes
) -> None:
    key = SessionKey.generate().key
    wrapped = wrap_key(certificate, key)
    assert openssl_style_oaep_decrypt(private_key, wrapped) == key
    sha256 = hashes.SHA256()
    oaep = padding.OAEP(mgf=padding.MGF1(sha256), algorithm=sha256, label=None)
    assert private_key.decrypt(wrapped, oaep) == key
    assert wrap_key(certificate, key) != wrapped


def test_only_a_key_of_the_right_length_is_wrapped(certificate: bytes) -> None:
    with pytest.raises(ConfigurationError, match="is 32 bytes"):
        wrap_key(certificate, b"k" * 16)


def test_a_token_is_encrypted_with_the_moment_of_the_challenge(
    private_key: rsa.RSAPrivateKey, certificate: bytes
) -> None:
    token = f"20251010-EC-1DCE3E3000-12ECB5B36E-45|nip-5265877635|{secrets.token_hex(32)}"
    encrypted = encrypt_token(certificate, token, 1752236636015)
    assert openssl_style_oaep_decrypt(private_key, encrypted) == f"{token}|1752236636015".encode()


def test_a_token_that_is_too_long_is_refused_without_being_shown(certificate: bytes) -> None:
    assert len(encrypt_token(certificate, "x" * 176, 1752236636015)) == 256
    with pytest.raises(ConfigurationError, match="191 bytes, and this key encrypts 190") as refusal:
        encrypt_token(certificate, "secret" + "x" * 171, 1752236636015)
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize("certificate_der", [b"", b"no certificate"])
def test_what_is_no_certificate_is_refused(certificate_der: bytes) -> None:
    with pytest.raises(IntegrityFailure, match="not readable DER"):
        wrap_key(certificate_der, b"k" * 32)


def test_hashes_are_the_digest_in_base64() -> None:
    assert sha256_base64(b"") == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="


def test_importing_costs_no_cryptography() -> None:
    code = (
        "import sys, ksef_facade.crypto.encryption, ksef_facade.crypto.public_keys\n"
        "sys.exit('cryptography' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@given(st.lists(st.binary(max_size=70), max_size=8))
def test_content_in_pieces_is_encrypted_as_the_whole(pieces: list[bytes]) -> None:
    stream = KEY.stream()
    encrypted = b"".join([*(stream.update(memoryview(piece)) for piece in pieces), stream.finish()])
    assert encrypted == KEY.encrypt(b"".join(pieces))
