"""Batch sessions from the sender's side: open with a manifest, close."""

from __future__ import annotations

from collections.abc import Callable

from attrs import define

from ..calls import Call, Handler
from ..clock import Clock
from ..messages import Response, json_response
from ..problems import INVALID_INPUT, Complaint, Refusal
from ..settings import Settings
from ..storage import PARTS_FOLDER, Storage
from .encryption import AES_BLOCK
from .opening import Opening
from .packages import Package, read_package
from .register import SessionRegister
from .state import CANCELLED, OPEN, Session
from .visibility import require_creator, session_to_change

_PART_SIZE, _PART_COUNT = 21157, 21161
_PART_MISSING, _TIMED_OUT = 21205, 21208


@define
class BatchSubmission:
    """The two operations of batch sessions. `process` is told of every session that is closed."""

    clock: Clock
    settings: Settings
    sessions: SessionRegister
    opening: Opening
    storage: Storage
    process: Callable[[Session], None]

    def handlers(self) -> dict[tuple[str, str], Handler]:
        """Operations served here."""
        return {
            ("POST", "/sessions/batch"): self._open,
            ("POST", "/sessions/batch/{referenceNumber}/close"): self._close,
        }

    def _open(self, call: Call) -> Response:
        form = self.opening.form(call, "batch")
        parts = len(call.inputs.body["batchFile"]["fileParts"])
        upload_until = self.clock.now() + parts * self.settings.upload_time_per_part
        package = read_package(call.inputs.body, upload_until)
        self._check(package)
        session = self.opening.open(call, "batch", form, package)
        document = {
            "referenceNumber": session.reference,
            "partUploadRequests": [
                {
                    "ordinalNumber": part.ordinal,
                    "method": "PUT",
                    "url": self._upload_url(call, session, part.ordinal),
                    "headers": dict(self.settings.part_headers),
                }
                for part in package.parts
            ],
        }
        return json_response(201, document)

    def _upload_url(self, call: Call, session: Session, ordinal: int) -> str:
        assert session.package is not None
        end = session.package.upload_until
        return self.storage.link(
            call.request.origin, session.reference, PARTS_FOLDER, str(ordinal), "w", end
        ).url

    def _check(self, package: Package) -> None:
        most = self.settings.parts_per_package
        if len(package.parts) > most:
            raise Refusal(_PART_COUNT, f"A package has {most} parts at most.")
        # Encryption rounds up to the next block, and adds a whole one to a round number.
        largest = self.settings.part_size // AES_BLOCK * AES_BLOCK + AES_BLOCK
        too_large = [part.ordinal for part in package.parts if part.size > largest]
        if too_large:
            raise Refusal.of(
                Complaint(_PART_SIZE, (f"Part {ordinal} is larger than 100MB.",))
                for ordinal in too_large
            )
        ordinals = [part.ordinal for part in package.parts]
        if ordinals != list(range(1, len(ordinals) + 1)):
            raise Refusal(
                INVALID_INPUT, "'batchFile.fileParts': ordinal numbers must run from 1 without gaps"
            )

    def _close(self, call: Call) -> Response:
        session = session_to_change(call, self.sessions, "batch")
        require_creator(call, session)
        now = self.clock.now()
        code = session.code(now, self.settings.latencies)
        package = session.package
        if code == CANCELLED and session.closed is None:
            raise Refusal(_TIMED_OUT, "Sesja anulowana, przekroczony czas wysyłki.")
        if code != OPEN or package is None:
            raise Refusal(21180, f"Status sesji {code} uniemożliwia jej zamknięcie.")
        missing = package.first_missing()
        if missing is not None:
            raise Refusal(_PART_MISSING, f"Nie przesłano zadeklarowanej '{missing}' części pliku.")
        other = package.first_of_other_size()
        if other is not None:
            raise Refusal(
                _PART_SIZE,
                f"Zadeklarowany rozmiar części '{other}' nie zgadza się z rzeczywistym.",
            )
        session.closed = now
        self.process(session)
        return Response(204)
