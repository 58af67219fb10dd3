"""Whoever signs UPOs in tests: with a certificate of any shape, in the shape of the Ministry's."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from functools import cache

import xmlsec
from attrs import frozen
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from lxml import etree

from ksef_facade.simulator.keys import Identity
from ksef_facade.simulator.receipts.upo import finish
from ksef_facade.simulator.receipts.upo_signature import UpoSigner
from ksef_facade.simulator.references import References

DS = "{http://www.w3.org/2000/09/xmldsig#}"
SIGNED_AT = datetime(2025, 9, 25, 12, 0, tzinfo=UTC)
SESSION = "20250925-SO-2F67776000-97273B191A-65"
SELLER = "5265877635"
NUMBERS = (
    "5265877635-20250826-0100001AF629-AF",
    "5265877635-20250916-0200A0D6723E-C2",
    "5265877635-20250916-010040741B3E-46",
    "5265877635-20250925-010020A0A242-0A",
)
HASHES = (
    "jli86Kp2Kw7jppX59P8VmjWRcwLTvsPK3DcPEB87mNk=",
    "GZMGNVzs3krF6URKgvaw77OOeG3nJ+WGziT5xguliQ8=",
    "kyqH+QUgP8ATWd/95IY632mP4uqibwG66Oqclq9+qno=",
    "hiU44GC5CzUbbYE9BSUB9C22sOaYKgKFB2Z8By5H0Gs=",
)


@cache
def key(number: int) -> rsa.RSAPrivateKey:
    """A key, made once for all tests."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def usage(**allowed: bool) -> x509.KeyUsage:
    """A KeyUsage that allows only what is named."""
    names = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**{name: allowed.get(name, False) for name in names})


@frozen
class Issued:
    """A key and a certificate, and who issued it."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def fingerprint(self) -> str:
        return self.certificate.fingerprint(hashes.SHA256()).hex()


def issue(
    number: int,
    name: str,
    allowed: x509.KeyUsage,
    issuer: Issued | None = None,
    is_authority: bool = False,
    start: datetime = SIGNED_AT - timedelta(days=365),
    days: int = 730,
) -> Issued:
    """A certificate for key `number`, issued by itself or by another."""
    own = key(number)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    signer = issuer.key if issuer else own
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(own.public_key())
        .serial_number(1000 + number)
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=days))
        .add_extension(allowed, critical=True)
        .add_extension(x509.BasicConstraints(is_authority, None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(own.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
        )
    )
    return Issued(own, builder.sign(signer, hashes.SHA256()))


@cache
def seal() -> Issued:
    """The usual signer."""
    return issue(1, "Seal", usage(digital_signature=True))


def entry(position: int) -> str:
    """One invoice."""
    return (
        f"<Dokument><NipSprzedawcy>{SELLER}</NipSprzedawcy>"
        f"<NumerKSeFDokumentu>{NUMBERS[position]}</NumerKSeFDokumentu>"
        f"<NumerFaktury>FA/{position + 1}</NumerFaktury>"
        "<DataWystawieniaFaktury>2025-09-24</DataWystawieniaFaktury>"
        "<DataPrzeslaniaDokumentu>2025-09-25T13:50:00.000+02:00</DataPrzeslaniaDokumentu>"
        "<DataNadaniaNumeruKSeF>2025-09-25T13:50:01.000+02:00</DataNadaniaNumeruKSeF>"
        f"<SkrotDokumentu>{HASHES[position]}</SkrotDokumentu><TrybWysylki>Online</TrybWysylki>"
        "</Dokument>"
    )


def canonical(
    positions: tuple[int, ...] = (0, 1), page: int = 1, pages: int = 1, total: int | None = None
) -> str:
    """A page of a session's UPO, in canonical form and not signed."""
    first = positions[0] + 1
    return (
        '<Potwierdzenie xmlns="http://upo.schematy.mf.gov.pl/KSeF/v4-3">'
        "<NazwaPodmiotuPrzyjmujacego>Ministerstwo Finansów - środowisko testowe (TE)"
        "</NazwaPodmiotuPrzyjmujacego>"
        f"<NumerReferencyjnySesji>{SESSION}</NumerReferencyjnySesji>"
        f"<Uwierzytelnienie><IdKontekstu><Nip>{SELLER}</Nip></IdKontekstu>"
        "<NumerReferencyjnyTokenaKSeF>20250819-EC-1ECDD12000-5EE71AE5E3-B7"
        "</NumerReferencyjnyTokenaKSeF></Uwierzytelnienie>"
        f"<OpisPotwierdzenia><Strona>{page}</Strona><LiczbaStron>{pages}</LiczbaStron>"
        f"<ZakresDokumentowOd>{first}</ZakresDokumentowOd>"
        f"<ZakresDokumentowDo>{positions[-1] + 1}</ZakresDokumentowDo>"
        f"<CalkowitaLiczbaDokumentow>{total or len(positions)}</CalkowitaLiczbaDokumentow>"
        "</OpisPotwierdzenia>"
        "<NazwaStrukturyLogicznej>Schemat_FA(3)_v1-0E.xsd</NazwaStrukturyLogicznej>"
        "<KodFormularza>FA (3)</KodFormularza>"
        f"{''.join(entry(position) for position in positions)}</Potwierdzenie>"
    )


def signed(
    document: str | None = None, signer: Issued | None = None, at: datetime = SIGNED_AT
) -> bytes:
    """A document with a signature in the Ministry's shape."""
    chosen = signer or seal()
    sign = UpoSigner(lambda: Identity(chosen.key, chosen.certificate), References(1))
    content = (document or canonical()).encode()
    return finish(content, sign(content, at))


def xmlsec_accepts(content: bytes) -> bool:
    """Whether xmlsec finds the signature whole, with the key of the certificate in it."""
    root = etree.fromstring(content)
    xmlsec.tree.add_ids(root, ["Id"])
    node = xmlsec.tree.find_node(root, xmlsec.constants.NodeSignature)
    der = base64.b64decode(root.findtext(f".//{DS}X509Certificate"))
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(der, xmlsec.constants.KeyDataFormatCertDer)
    try:
        context.verify(node)
    except xmlsec.Error:
        return False
    return True


def signed_anew(content: str) -> bytes:
    """A document signed anew by xmlsec, as its signature says."""
    root = etree.fromstring(content.encode())
    xmlsec.tree.add_ids(root, ["Id"])
    context = xmlsec.SignatureContext()
    pem = seal().key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    context.key = xmlsec.Key.from_memory(pem, xmlsec.constants.KeyDataFormatPem)
    context.sign(root.find(f"{DS}Signature"))
    return etree.tostring(root.getroottree(), encoding="UTF-8")
