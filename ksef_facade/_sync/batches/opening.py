# Derived from ksef_facade/_async/batches/opening.py by scripts/derive_sync.py; do not edit.
"""Opening a batch session for a package that is ready.

The answer names the addresses of the parts, and nothing else does: a session whose opening was
answered into the void can never get its parts, is never processed, and KSeF cancels it after 12
hours. Opening once more is therefore safe, where sending once more would not be: no invoice can come
twice of it, and the history need not be asked whether the lost session came about, since it could
not be used if it did.
"""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime

from ksef_facade._sync.batches.packing import Packed
from ksef_facade._sync.caller import Caller
from ksef_facade._sync.public_keys import UNKNOWN_PUBLIC_KEY, PublicKeys
from ksef_facade.answers.reading import Reader
from ksef_facade.answers.responses import Response, read_object, undecodable
from ksef_facade.calls.describing import JsonBody, describe
from ksef_facade.crypto.encryption import wrap_key
from ksef_facade.errors import BadRequest, ServerError, TransportError
from ksef_facade.identifiers import SessionReference
from ksef_facade.packages.manifest import WIRE_NAMES, Package
from ksef_facade.packages.plans import BatchPlan
from ksef_facade.store.batch_state import BatchState, PartState, UploadTarget

_ATTEMPTS = 3
_PAUSE = 2.0


def _compression(package: Package) -> dict[str, str]:
    """How the archive is packed, where that is not the default of the contract (Zip).

    Contracts before 2.6.0 do not know the property, and take nothing but Zip.
    """
    if package.compression == "zip":
        return {}
    return {"compressionType": WIRE_NAMES[package.compression]}


def open_batch(
    caller: Caller, public_keys: PublicKeys, plan: BatchPlan, packed: Packed
) -> BatchState:
    """Open a session for a package, and return the state that it begins with.

    Cost: 1 request of group `batchSession`, up to 3 when answers are lost; the public keys 1 more,
    once a day. Source: contract `POST /sessions/batch`.

    Raises:
        BadRequest: the package or the form code is refused (21157, 21161, 21405).
        UnsafeUrl: the parts would have to go where this environment's links may not lead.
        UndecodableBody: an answer without a reference or without the address of a part.
        KsefError: see the hierarchy in `ksef_facade.errors`.
    """
    package, key = packed.package, packed.key
    fresh = False
    lost = 0
    while True:
        opened_at = caller.clock.now()
        public = public_keys.get("SymmetricKeyEncryption", fresh=fresh)
        body = JsonBody(
            formCode=plan.form_code.to_json(),
            batchFile={
                "fileSize": package.archive_size,
                "fileHash": package.archive_sha256,
                **_compression(package),
                "fileParts": [
                    {
                        "ordinalNumber": part.ordinal,
                        "fileSize": part.size,
                        "fileHash": part.sha256,
                    }
                    for part in package.parts
                ],
            },
            encryption={
                "encryptedSymmetricKey": b64encode(
                    wrap_key(public.certificate_der, key.key)
                ).decode(),
                "initializationVector": b64encode(key.iv).decode(),
                **public.named,
            },
            offlineMode=plan.offline,
        )
        try:
            response = caller.send(describe("POST", "/sessions/batch", body=body))
        except BadRequest as error:
            if fresh or UNKNOWN_PUBLIC_KEY not in error.codes:
                raise
            fresh = True
        except (TransportError, ServerError):
            lost += 1
            if lost == _ATTEMPTS:
                raise
            caller.clock.sleep(_PAUSE * lost)
        else:
            return _read(caller, response, packed, opened_at)


def _read(caller: Caller, response: Response, packed: Packed, opened_at: datetime) -> BatchState:
    answer = Reader(read_object(response))
    reference = answer.required_text("referenceNumber")
    if not reference:
        raise undecodable(response, "no referenceNumber in it")
    targets = {}
    for row in answer.rows("partUploadRequests"):
        part = Reader(row)
        ordinal, url = part.integer("ordinalNumber"), part.text("url")
        if ordinal is not None and url:
            targets[ordinal] = UploadTarget(
                method=(part.text("method") or "PUT").upper(),
                url=caller.environment.resolve_link(url),
                headers=part.mapping("headers"),
            )
    package = packed.package
    absent = [part.ordinal for part in package.parts if part.ordinal not in targets]
    if absent:
        raise undecodable(response, f"no address for part {absent[0]} in it")
    return BatchState(
        environment=caller.environment.name,
        base_url=caller.environment.base_url,
        context=caller.context,
        reference=SessionReference.from_server(reference),
        opened_at=opened_at,
        archive_size=package.archive_size,
        archive_sha256=package.archive_sha256,
        folder=packed.folder,
        parts=tuple(
            PartState(
                ordinal=part.ordinal,
                file_name=part.path.name,
                size=part.size,
                sha256=part.sha256,
                target=targets[part.ordinal],
            )
            for part in package.parts
        ),
        entries=package.entries,
    )
