"""Signatures of KOD II by code of the tests' own, as the documentation tells them."""

from __future__ import annotations

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils


def signed_text(
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey,
    text: str,
    *,
    encoding: str = "p1363",
    salt: int = 32,
) -> bytes:
    """RSASSA-PSS, or ECDSA as `p1363` (r and s side by side) or `der`."""
    if isinstance(key, rsa.RSAPrivateKey):
        scheme = padding.PSS(padding.MGF1(hashes.SHA256()), salt)
        return key.sign(text.encode(), scheme, hashes.SHA256())
    signature = key.sign(text.encode(), ec.ECDSA(hashes.SHA256()))
    if encoding == "der":
        return signature
    r, s = utils.decode_dss_signature(signature)
    return bytes.fromhex(f"{r:064x}{s:064x}")
