"""A certificate of KSeF, from application to revocation."""

from __future__ import annotations

import base64
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from ksef_client import KsefClient
from ksef_client import models as m
from ksef_client.services.workflows import AuthCoordinator

from scripts.judges.clients.ksef_client_flow.case import NIP
from scripts.judges.clients.steps import need, step, until


def certificates(client: KsefClient, access: str) -> None:
    """Enrol a certificate, fetch it, log in with it, revoke it."""
    data = step("certificates: data", lambda: client.certificates.get_enrollment_data(access))
    if data is None:
        return
    key = ec.generate_private_key(ec.SECP256R1())
    request = m.EnrollCertificateRequest(
        certificate_name="Certyfikat programu",
        certificate_type=m.KsefCertificateType.AUTHENTICATION,
        csr=signing_request(data, key),
    )
    applied = step(
        "certificates: enrol",
        lambda: client.certificates.send_enrollment(request, access_token=access),
    )
    if applied is None:
        return
    issued = step(
        "certificates: issued",
        lambda: until(
            lambda: client.certificates.get_enrollment_status(
                applied.reference_number, access_token=access
            ),
            lambda found: found.status.code != 100,
        ),
    )
    serial = issued.certificate_serial_number
    fetched = step(
        "certificates: retrieve",
        lambda: client.certificates.retrieve_certificate(
            m.RetrieveCertificatesRequest(certificate_serial_numbers=[serial]), access_token=access
        ).certificates[0],
    )
    pem = x509.load_der_x509_certificate(base64.b64decode(fetched.certificate)).public_bytes(
        serialization.Encoding.PEM
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    step(
        "certificates: log in with the new one",
        lambda: AuthCoordinator(client.auth).authenticate_with_xades(
            context_identifier_type="nip",
            context_identifier_value=NIP,
            subject_identifier_type="certificateSubject",
            certificate_pem=pem.decode(),
            private_key_pem=secret.decode(),
            poll_interval_seconds=0.1,
        ),
    )
    step(
        "certificates: query",
        lambda: need(
            client.certificates.query_certificates(
                m.QueryCertificatesRequest(), access_token=access
            ).certificates,
            "none",
        ),
    )
    step(
        "certificates: revoke",
        lambda: client.certificates.revoke_certificate(
            serial, m.RevokeCertificateRequest(), access_token=access
        ),
    )


def signing_request(data: Any, key: Any) -> str:
    """PKCS #10 with exactly the attributes that the service wants to see."""
    names = {
        x509.NameOID.COMMON_NAME: data.common_name,
        x509.NameOID.SURNAME: data.surname,
        x509.NameOID.GIVEN_NAME: data.given_name,
        x509.NameOID.ORGANIZATION_NAME: data.organization_name,
        x509.NameOID.ORGANIZATION_IDENTIFIER: data.organization_identifier,
        x509.NameOID.COUNTRY_NAME: data.country_name,
        x509.NameOID.SERIAL_NUMBER: data.serial_number,
        x509.NameOID.X500_UNIQUE_IDENTIFIER: data.unique_identifier,
    }
    subject = x509.Name([x509.NameAttribute(oid, text) for oid, text in names.items() if text])
    request = (
        x509.CertificateSigningRequestBuilder().subject_name(subject).sign(key, hashes.SHA256())
    )
    return base64.b64encode(request.public_bytes(serialization.Encoding.DER)).decode()
