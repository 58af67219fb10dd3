"""Logging in by hand: a challenge, a document signed for it, and the way to the decision."""

import time
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from lxml import etree

from ksef_facade.crypto.auth_request import build_auth_request
from ksef_facade.crypto.xades import sign_document
from ksef_facade.logins.contexts import Context

XML = {"Content-Type": "application/xml"}
DS = "{http://www.w3.org/2000/09/xmldsig#}"
UNKNOWN_LOGIN = "20251010-AU-19F5E39000-39B5B182BA-B8"


def challenge(world):
    return world.ask("POST", "/auth/challenge", bearer=None).json


def signed_request(world, identity, nip, *, text=None, edit=None, subject="certificate"):
    """A signed login document for a fresh challenge."""
    text = text or challenge(world)["challenge"]
    document = build_auth_request(text, Context("Nip", nip), subject, None)
    if edit is not None:
        document = etree.fromstring(edit(etree.tostring(document)))
    return sign_document(document, identity, datetime.now(UTC) - timedelta(minutes=1))


def without_prefix(document, identity):
    """A document signed with an RSA key, its signature without a prefix, as .NET writes it."""
    text = document.decode().replace("xmlns:ds=", "xmlns=")
    root = etree.fromstring(text.replace("<ds:", "<").replace("</ds:", "</").encode())
    info = root.find(f"{DS}Signature/{DS}SignedInfo")
    for reference in info.iterfind(f"{DS}Reference"):
        if reference.get("URI"):
            (part,) = root.xpath("//*[@Id = $mark]", mark=reference.get("URI")[1:])
            hashed = sha256(inclusive(part)).digest()
            reference.find(f"{DS}DigestValue").text = b64encode(hashed).decode()
    value = identity.private_key.sign(inclusive(info), PKCS1v15(), SHA256())
    root.find(f"{DS}Signature/{DS}SignatureValue").text = b64encode(value).decode()
    return etree.tostring(root)


def inclusive(element):
    """Canonical XML 1.0 of a part: of a document of its own, since lxml errs about parts."""
    return etree.tostring(etree.fromstring(etree.tostring(element, with_tail=False)), method="c14n")


def submit(world, document):
    return world.ask("POST", "/auth/xades-signature", content=document, headers=XML, bearer=None)


def follow(world, accepted):
    """The codes that a login went through, and its last status."""
    token = accepted["authenticationToken"]["token"]
    codes = []
    for _ in range(60):
        answer = world.ask(
            "GET", "/auth/{referenceNumber}", accepted["referenceNumber"], bearer=token
        )
        codes.append(answer.json["status"]["code"])
        if codes[-1] != 100:
            break
        time.sleep(0.1 if not world.run.target.is_live else 1)
    return codes, answer
