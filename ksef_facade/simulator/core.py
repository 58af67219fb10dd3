"""The simulator without sockets: one request in, one response out."""

from __future__ import annotations

import threading
import traceback

from .calls import Call, Handler
from .checking import read_inputs, violations
from .clock import Clock
from .collective_identifiers.register import CollectiveRegister
from .contract import Operation, load
from .control import PREFIX as CONTROL_PREFIX
from .control import Control
from .effective_limits.in_force import ContextLimitsInForce, SubjectLimitsInForce
from .effective_limits.overrides import LimitOverrides
from .enrolment.register import CertificateRegister
from .enrolment.standing import Standing
from .exchanges import Exchanges
from .exports.packages import ExportPackages
from .exports.register import ExportRegister
from .faults import Fault, Faults, distort, replace
from .furnishing import FAILURES, furnish
from .journal import Journal
from .keys import KeyRing, LateIdentity
from .limits import RateLimits
from .logins.access import Caller, identify, require_permission
from .logins.bearer_tokens import TokenIssuer
from .logins.challenges import Challenges
from .logins.credentials import TokenRegister
from .logins.register import LoginRegister
from .messages import Request, Response
from .open_pages import OpenPages
from .outcomes import Outcomes
from .own_secrets import OwnSecrets
from .peppol.register import ProviderRegister
from .permissions.register import GrantRegister
from .problems import (
    Complaint,
    Forbidden,
    Gone,
    OverLimit,
    Refusal,
    Reporter,
    Unauthenticated,
)
from .receipts.pages import Receipts
from .receipts.upo_signature import UpoSigner
from .references import References
from .repository.index import Repository
from .repository.walks import WalkRegister
from .routing import Router
from .seeding import Seeding
from .sessions.package_processing import PackageProcessing
from .sessions.packages import ReceivedPart
from .sessions.register import SessionRegister
from .sessions.uploads import PartStore, Upload, is_upload
from .settings import Settings
from .storage import EXPORTS_FOLDER, Storage, Target
from .storage import PREFIX as STORAGE_PREFIX
from .system_warnings import with_warnings
from .taxpayer_register import TaxpayerRegister
from .taxpayers import Taxpayers
from .turns import Turns
from .workspace import DocumentStore, Workspace

#: Where the API is served, as on the Ministry's hosts.
BASE_PATH = "/v2"
#: The process's key that signs UPOs; encryption keys are counted from 0.
_UPO_KEY = 1000
#: Operations that no environment has but TEST (documented rule).
_TEST_DATA = "/testdata/"
#: Nobody in particular: the caller of operations that need no token.
_NOBODY = Caller("")


class Core:
    """Everything behind the sockets. Safe to call from any thread; one request at a time, but for
    uploads and while packages of exports are built."""

    def __init__(
        self,
        clock: Clock,
        settings: Settings,
        seed: int | None = None,
        workspace: Workspace | None = None,
    ) -> None:
        self.clock = clock
        self.settings = settings
        #: Answers that the contract does not allow, and failures of the simulator itself.
        self.contract_violations: list[str] = []
        self.journal = Journal()
        self.exchanges = Exchanges()
        self.faults = Faults()
        self.sessions = SessionRegister()
        self.lock = threading.RLock()
        self.contract = load(self.settings.contract)
        self.references = References(seed)
        self.keys = KeyRing(self.clock)
        self.tokens = TokenRegister(self.clock, self.references)
        self.limit_overrides = LimitOverrides()
        self.context_limits = ContextLimitsInForce(self.settings, self.limit_overrides)
        self.subject_limits = SubjectLimitsInForce(self.limit_overrides)
        self.limits = RateLimits(
            self.clock, self.settings, self.contract.operations.values(), self.limit_overrides
        )
        self.upo_identity = LateIdentity(_UPO_KEY, "KSeF simulator UPO", self.clock.now())
        self.own_secrets = OwnSecrets()
        self.receipts = Receipts(
            self.clock,
            self.settings,
            self.references,
            self.sessions,
            UpoSigner(self.upo_identity.get, self.references),
        )
        self.storage = Storage(
            self.clock, self.settings, self.references, self.own_secrets, self._find_blob
        )
        self.challenges = Challenges(self.clock, self.settings, self.references)
        self.grants = GrantRegister()
        self.taxpayer_register = TaxpayerRegister()
        self.taxpayers = Taxpayers(self.clock, self.references, self.taxpayer_register, self.grants)
        self.certificates = CertificateRegister()
        self.standing = Standing(self.clock, self.settings, self.certificates, self.taxpayers)
        self.outcomes = Outcomes(FAILURES)
        self.workspace = workspace or Workspace()
        self.documents = DocumentStore(self.workspace)
        self._parts = PartStore(
            self.clock, self.settings, self.sessions, self.storage, self.workspace
        )
        self.seeding = Seeding(
            self.clock,
            self.settings,
            self.references,
            self.tokens,
            self.taxpayers,
            self.sessions,
        )
        self.issuer = TokenIssuer(self.clock, self.settings.environment, self.own_secrets)
        self.logins = LoginRegister(
            self.clock,
            self.settings,
            self.references,
            self.issuer,
            self.taxpayers,
            self.outcomes,
        )
        self.packages = PackageProcessing(
            self.clock,
            self.settings,
            self.references,
            self.sessions,
            self.taxpayers,
            self.outcomes,
            self.context_limits,
            self.workspace,
            self.documents,
            self.lock,
            self.contract_violations,
        )
        self.repository = Repository(self.clock, self.sessions)
        self.walks = WalkRegister()
        self.collective_identifiers = CollectiveRegister()
        self.peppol = ProviderRegister()
        self.exports = ExportRegister()
        self.export_packages = ExportPackages(
            self.clock,
            self.settings,
            self.repository,
            self.exports,
            self.workspace,
            Turns(self.lock, self.exchanges),
        )
        self._control = Control(
            self.clock,
            self.settings,
            self.seeding,
            self.journal,
            self.faults,
            frozenset(operation.template for operation in self.contract.operations.values()),
        )
        self._pages = OpenPages.of(self)
        self._router = Router(self.contract.operations.values())
        self._handlers = furnish(self)

    @property
    def simulated(self) -> frozenset[tuple[str, str]]:
        """Method and path template of every operation that does what it says."""
        return frozenset(self._handlers)

    def handle(self, request: Request) -> Response:
        """The answer to a request."""
        if is_upload(request):
            upload = self.open_upload(request)
            return upload.finish() if upload.write(request.body) else upload.break_off()
        with self.lock:
            self.exchanges.begin(request)
            return self.exchanges.end(self._handle(request))

    def _find_blob(self, reference: str, folder: str, name: str) -> bytes | None:
        if folder == EXPORTS_FOLDER:
            return self.export_packages.read(reference, name)
        return self.receipts.find(reference, folder, name)

    def open_upload(self, request: Request) -> Upload:
        """Begin to take in a part, of which everything but the body has arrived."""
        with self.lock:
            self.exchanges.begin(request)
            template = self.storage.template(request.path) or request.path
            fault = self.faults.take(request, template)
            reporter = Reporter(self.references.hexadecimal(32), self.clock.now())
            if fault is not None and fault.replaces:
                target: Target | Response = replace(fault, request, reporter)
            else:
                target = self._parts.admit(request)
            draft = self.exchanges.pause()

        def answer(part: ReceivedPart | None) -> Response:
            with self.lock:
                if isinstance(target, Response):
                    response = target
                else:
                    assert part is not None, "an upload that is admitted has a file"
                    response = self._parts.keep(target, part)
                self.exchanges.go_on(draft)
                return self.exchanges.end(self._note(request, template, fault, response))

        def note_break() -> Response:
            with self.lock:
                self.exchanges.go_on(draft)
                broken = Response(0, drop="before")
                return self.exchanges.end(self._note(request, template, fault, broken))

        path = None if isinstance(target, Response) else self.workspace.new_file("part")
        return Upload(answer, note_break, path, _breaks_after(fault, request))

    def _note(
        self, request: Request, template: str, fault: Fault | None, response: Response
    ) -> Response:
        if fault is not None and response.drop is None:
            response = distort(fault, response)
        self.journal.record(request, template, 0 if response.drop else response.status)
        self.exchanges.know(template=template)
        return response

    def _handle(self, request: Request) -> Response:
        if request.path.startswith(CONTROL_PREFIX):
            return self._control.serve(request)
        if request.path.startswith(STORAGE_PREFIX):
            template = self.storage.template(request.path) or request.path
            return self._deliver(request, template, None)
        page = self._pages.serve(request)
        if page is not None:
            return page
        if not request.path.startswith(f"{BASE_PATH}/"):
            return self._unknown(request, Response(404))
        found = self._router.find(request.method, request.path.removeprefix(BASE_PATH))
        if found is None:
            return self._unknown(request, Response(404))
        if isinstance(found[0], str):
            return self._unknown(request, Response(405, {"allow": ", ".join(map(str, found))}))
        operation, path = found[0], found[1]
        assert isinstance(path, dict)
        if operation.template.startswith(_TEST_DATA) and self.settings.environment != "TE":
            return self._unknown(request, Response(404))
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
        return self._note(request, template, fault, response)

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
        except Gone:
            response = reporter.gone(request)
        except OverLimit as limit:
            response = reporter.over_limit(request, limit)
        except Exception:
            return self._fail(request, operation, [traceback.format_exc()], reporter)
        response = with_warnings(request, response, self.settings.system_warning)
        found = violations(operation, response)
        return self._fail(request, operation, found, reporter) if found else response

    def _serve(
        self, request: Request, operation: Operation, path: dict[str, str], handler: Handler
    ) -> Response:
        caller = _NOBODY
        if operation.is_secured:
            caller = identify(operation, request, self.issuer)
            self.exchanges.know(context=caller.context)
        self.limits.count(operation, self.logins.placed(caller), request.client)
        require_permission(operation, caller)
        inputs = read_inputs(operation, request, path)
        return handler(Call(operation, request, inputs, caller))

    def _fail(
        self, request: Request, operation: Operation, found: list[str], reporter: Reporter
    ) -> Response:
        name = f"{operation.method} {operation.template}"
        self.contract_violations += [f"{name}: {sentence}" for sentence in found]
        sentence = f"This is a fault of the simulator: {found[0].strip().splitlines()[-1]}"
        return reporter.refused(request, [Complaint(500, (sentence,))], 500)


def _breaks_after(fault: Fault | None, request: Request) -> int | None:
    """How many bytes of an upload arrive before its connection breaks; None lets it live."""
    if fault is None or fault.drop not in ("before", "midway"):
        return None
    length = request.headers.get("content-length", "")
    return int(length) // 2 if fault.drop == "midway" and length.isdigit() else 0
