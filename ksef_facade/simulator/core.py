"""The simulator without sockets: one request in, one response out."""

from __future__ import annotations

import threading
import traceback
import unicodedata

from attrs import evolve

from .access import Caller, identify, require_permission
from .authentication import Authentication
from .calls import Call, Handler
from .checking import read_inputs, violations
from .clock import Clock
from .contract import Operation, load
from .control import PREFIX as CONTROL_PREFIX
from .control import Control
from .credentials import TokenRegister
from .faults import Faults, distort, replace
from .inspection import Inspection
from .journal import Journal
from .keys import KeyRing, make_identity
from .limits import RateLimits
from .listing import Pager
from .messages import Request, Response
from .problems import (
    Complaint,
    Forbidden,
    OverLimit,
    Refusal,
    Reporter,
    Unauthenticated,
)
from .receipts import Receipts
from .references import References
from .routing import Router
from .seeding import Seeding
from .sessions import SessionRegister
from .settings import Settings
from .storage import PREFIX as STORAGE_PREFIX
from .storage import Storage
from .submission import OnlineSubmission
from .tokens import TokenIssuer
from .upo_signature import UpoSigner

#: Where the API is served, as on the Ministry's hosts.
BASE_PATH = "/v2"
#: The process's key that signs UPOs; encryption keys are counted from 0.
_UPO_KEY = 1000
_WARNING_REQUEST, _WARNING = "x-test-system-warning", "x-system-warning"
#: Nobody in particular: the caller of operations that need no token.
_NOBODY = Caller("")


class Core:
    """Everything behind the sockets. One request at a time; safe to call from any thread."""

    def __init__(self, clock: Clock, settings: Settings, seed: int | None = None) -> None:
        self.clock = clock
        self.settings = settings
        #: Answers that the contract does not allow, and failures of the simulator itself.
        self.contract_violations: list[str] = []
        self.journal = Journal()
        self.faults = Faults()
        self.sessions = SessionRegister()
        self.lock = threading.RLock()
        self.contract = load(self.settings.contract)
        self.references = References(seed)
        self.keys = KeyRing(self.clock)
        self.tokens = TokenRegister(self.clock, self.references)
        self.limits = RateLimits(self.clock, self.settings)
        self.upo_identity = make_identity(_UPO_KEY, "KSeF simulator UPO", self.clock.now())
        self.receipts = Receipts(
            self.clock,
            self.settings,
            self.references,
            self.sessions,
            UpoSigner(self.upo_identity, self.references),
        )
        self.storage = Storage(self.clock, self.settings, self.references, self.receipts.find)
        self.seeding = Seeding(
            self.clock, self.settings, self.references, self.tokens, self.sessions
        )
        self._issuer = TokenIssuer(self.clock, self.settings.environment)
        self._control = Control(self.tokens, self.seeding, self.journal)
        self._router = Router(self.contract.operations.values())
        self._handlers = self._furnish()

    def _furnish(self) -> dict[tuple[str, str], Handler]:
        self.authentication = Authentication(
            self.clock, self.settings, self.references, self.keys, self._issuer, self.tokens
        )
        submission = OnlineSubmission(
            self.clock, self.settings, self.references, self.keys, self.sessions
        )
        inspection = Inspection(
            self.clock,
            self.settings,
            self.sessions,
            self.receipts,
            self.storage,
            Pager(self.settings),
        )
        return {
            **self.authentication.handlers(),
            **submission.handlers(),
            **inspection.handlers(),
            **self.receipts.handlers(),
        }

    @property
    def simulated(self) -> frozenset[tuple[str, str]]:
        """Method and path template of every operation that does what it says."""
        return frozenset(self._handlers)

    def handle(self, request: Request) -> Response:
        """The answer to a request."""
        with self.lock:
            return self._handle(request)

    def _handle(self, request: Request) -> Response:
        if request.path.startswith(CONTROL_PREFIX):
            return self._control.serve(request)
        if request.path.startswith(STORAGE_PREFIX):
            template = self.storage.template(request.path) or request.path
            return self._deliver(request, template, None)
        if not request.path.startswith(f"{BASE_PATH}/"):
            return self._unknown(request, Response(404))
        found = self._router.find(request.method, request.path.removeprefix(BASE_PATH))
        if found is None:
            return self._unknown(request, Response(404))
        if isinstance(found[0], str):
            return self._unknown(request, Response(405, {"allow": ", ".join(map(str, found))}))
        operation, path = found[0], found[1]
        assert isinstance(path, dict)
        return self._deliver(request, operation.template, (operation, path))

    def _unknown(self, request: Request, response: Response) -> Response:
        self.journal.record(request, request.path, response.status)
        return response

    def _deliver(
        self, request: Request, template: str, target: tuple[Operation, dict[str, str]] | None
    ) -> Response:
        reporter = Reporter(self.references.hexadecimal(32), self.clock.now())
        fault = self.faults.take(request, template)
        if fault is not None and fault.replaces:
            response = replace(fault, request, reporter)
        elif target is None:
            response = self.storage.serve(request)
        else:
            response = self._answer(request, *target, reporter)
        if fault is not None:
            response = distort(fault, response)
        self.journal.record(request, template, 0 if response.drop else response.status)
        return response

    def _answer(
        self, request: Request, operation: Operation, path: dict[str, str], reporter: Reporter
    ) -> Response:
        handler = self._handlers.get(operation.key)
        if handler is None:
            sentence = f"not simulated yet: {operation.method} {operation.template}"
            return reporter.unsupported(request, sentence)
        try:
            response = self._serve(request, operation, path, handler)
        except Refusal as refusal:
            response = reporter.refused(request, refusal.complaints)
        except Unauthenticated:
            response = reporter.unauthenticated(request)
        except Forbidden as forbidden:
            response = reporter.forbidden(request, forbidden)
        except OverLimit as limit:
            response = reporter.over_limit(request, limit)
        except Exception:
            return self._fail(request, operation, [traceback.format_exc()], reporter)
        response = self._warn(request, response)
        found = violations(operation, response)
        return self._fail(request, operation, found, reporter) if found else response

    def _serve(
        self, request: Request, operation: Operation, path: dict[str, str], handler: Handler
    ) -> Response:
        caller = _NOBODY
        if operation.is_secured:
            caller = identify(operation, request, self._issuer)
        self.limits.count(operation, caller, request.client)
        require_permission(operation, caller)
        inputs = read_inputs(operation, request, path)
        return handler(Call(operation, request, inputs, caller))

    def _warn(self, request: Request, response: Response) -> Response:
        asked = request.headers.get(_WARNING_REQUEST)
        given = [text for text in (self.settings.system_warning, asked) if text]
        if not given or not 200 <= response.status < 300:
            return response
        text = _fold(" | ".join(given))
        return evolve(response, headers={**response.headers, _WARNING: text})

    def _fail(
        self, request: Request, operation: Operation, found: list[str], reporter: Reporter
    ) -> Response:
        name = f"{operation.method} {operation.template}"
        self.contract_violations += [f"{name}: {sentence}" for sentence in found]
        sentence = f"This is a fault of the simulator: {found[0].strip().splitlines()[-1]}"
        return reporter.refused(request, [Complaint(500, (sentence,))], 500)


def _fold(text: str) -> str:
    """Without diacritics: warnings travel in a header and are folded to ASCII (observed)."""
    plain = unicodedata.normalize("NFKD", text.replace("ł", "l").replace("Ł", "L"))
    return plain.encode("ascii", "ignore").decode()
