"""The client of a caller who logs in with a certificate."""

from __future__ import annotations

from functools import cache
from typing import Any

from ksef_facade import CertificateAuth, self_signed_seal
from tests.facade.scripted import NIP, START


@cache
def _credentials() -> CertificateAuth:
    return CertificateAuth(self_signed_seal(NIP, key="ec", now=START), nip=NIP)


def by_certificate(ksef: Any) -> Any:
    """The same client, on the same server, with a certificate of its own."""
    return ksef.for_context(_credentials())
