"""The simulator as tests and people use it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from .clock import Clock
from .loopback import require_loopback
from .settings import LimitProfile, Settings

if TYPE_CHECKING:
    from .core import Core
    from .exchanges import Exchange
    from .faults import Faults
    from .journal import Journal
    from .keeping.keeper import Keeper
    from .keys import KeyRing
    from .outcomes import Outcomes
    from .sessions.register import AcceptedInvoice, SentInvoice
    from .sessions.state import Session, SessionKind
    from .taxpayers import Taxpayers

_EXTRA = 'the simulator needs its extra: pip install "ksef-facade[simulator]"'


class SimulatorExtraMissing(ImportError):
    """A package that only the simulator needs is not installed."""


@contextmanager
def _extra() -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as error:
        raise SimulatorExtraMissing(f"{_EXTRA} ({error.name} is missing)") from error


class Simulator:
    """A KSeF on this machine.

    As a context manager it serves HTTP on loopback; `handle` works without any socket. `options`
    are the attributes of `Settings`; they may also be changed later through `settings`.

    With `state`, a folder, it goes on where the one before it has stopped: keys, tokens, logins,
    sessions, invoices, receipts and all else that a taxpayer can see. Settings, faults, decided
    outcomes and the list of requests are not kept. Changes are written about twice a second, and
    by `stop`. Two simulators exclude each other.

    With `expose`, `host` may be any address of this machine, such as "0.0.0.0" in a container:
    whoever reaches it can do everything in it, but for the control endpoints, which want
    `control_key` then.

    Raises SimulatorExtraMissing when the extra is not installed, ValueError for a host that is
    not loopback and not exposed, TypeError for an unknown option, StateError when a state cannot be taken up.
    """

    def __init__(
        self,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        clock: Clock | None = None,
        seed: int | None = None,
        settings: Settings | None = None,
        state: Path | str | None = None,
        expose: bool = False,
        **options: Any,
    ) -> None:
        if not expose:
            require_loopback(host)
        if settings is not None and options:
            raise TypeError("give either settings or single options, not both")
        with _extra():
            from .core import Core
            from .keeping.keeper import open_kept
        self.settings = Settings(**options) if settings is None else settings
        self.clock = clock or Clock()
        self._host = host
        #: Whether other machines may be served.
        self.is_exposed = expose
        self._wanted_port = port
        self._server: Any = None
        self._keeper: Keeper | None = None
        if state is None:
            self.core: Core = Core(self.clock, self.settings, seed)
        else:
            self.core, self._keeper = open_kept(self.clock, self.settings, seed, Path(state))
        self._has_let_go = False

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> Self:
        """Serve over HTTP in a thread; returns when requests are answered."""
        if self._server is not None:
            raise RuntimeError("the simulator is running already")
        if self._has_let_go:
            raise RuntimeError("the simulator has let go of its state: make another one")
        with _extra():
            from .server import BackgroundServer
        server = BackgroundServer(self.core, self._host, self._wanted_port, self.is_exposed)
        server.start()
        self._server = server
        return self

    def stop(self) -> None:
        """Stop serving. What the simulator holds stays readable.

        One with a `state` writes what is left of it, lets others have it, and cannot be started
        again. Raises StateError when it could not be written.
        """
        if self._server is not None:
            self._server.stop()
            self._server = None
        if self._keeper is not None:
            keeper, self._keeper = self._keeper, None
            self._has_let_go = True
            keeper.close()

    def save(self) -> None:
        """Write what has changed into the folder of the state now, which happens by itself about
        twice a second; without a `state`, nothing. Raises StateError when that cannot be."""
        if self._keeper is not None:
            self._keeper.save()

    @property
    def port(self) -> int:
        """The port that is served; raises RuntimeError while nothing is."""
        if self._server is None:
            raise RuntimeError("the simulator is not running: use it as a context manager")
        port: int = self._server.port
        return port

    @property
    def origin(self) -> str:
        """Scheme, host and port, as seen from this machine."""
        own = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self._host, self._host)
        return f"http://{f'[{own}]' if ':' in own else own}:{self.port}"

    @property
    def base_url(self) -> str:
        """Base URL of the API, to be given to a client."""
        return f"{self.origin}/v2"

    @property
    def requests(self) -> Journal:
        """What was asked so far: `calls`, `counts`, `clear()`."""
        return self.core.journal

    @property
    def faults(self) -> Faults:
        """Faults to be injected: `add(method, template, ...)`, `clear()`."""
        return self.core.faults

    @property
    def keys(self) -> KeyRing:
        """The published encryption keys: `rotate`, `recertify`, `withdraw_old`."""
        return self.core.keys

    @property
    def taxpayers(self) -> Taxpayers:
        """Who may do what: `grant`, `revoke`, `authorize`, `allow_attachments`, `block`, `bury`,
        `withdraw_certificate`."""
        return self.core.taxpayers

    @property
    def outcomes(self) -> Outcomes:
        """Ends of logins, invoices, packages and enrolments decided beforehand: `decide`,
        `clear`."""
        return self.core.outcomes

    @property
    def contract_violations(self) -> list[str]:
        """Answers the simulator wanted to give and the contract does not allow; a test that uses
        the simulator asserts that it is empty."""
        return self.core.contract_violations

    @property
    def upo_certificate(self) -> bytes:
        """DER of the certificate whose key signs the UPOs."""
        return self.core.upo_identity.get().certificate_der

    def follow(self, listener: Callable[[Exchange], None] | None) -> None:
        """Have a function told of every request when it has been answered, in the thread that
        answers it; None ends that. Control endpoints are requests too."""
        self.core.exchanges.listener = listener

    def issue_token(
        self, nip: str, permissions: Iterable[str] | None = None, author: str | None = None
    ) -> str:
        """A KSeF token that logs in to a taxpayer's context.

        `permissions` are the contract's (all that need no special role by default); `author` is
        the tax number of the token's author, by default the taxpayer. An author who may not do all
        that in the context is granted it: a token can do what its author still may, and no more.
        """
        from .logins.credentials import Party

        with self.core.lock:
            maker = Party("Nip", author) if author is not None else None
            return self.core.seeding.issue_token(Party("Nip", nip), permissions, maker).secret

    def revoke_token(self, token: str) -> None:
        """Revoke a KSeF token: it logs in no more, and its logins refresh no more."""
        with self.core.lock:
            found = self.core.tokens.find(token)
            if found is None:
                raise ValueError("there is no such token")
            self.core.tokens.revoke(found)

    def seed_session(
        self,
        nip: str,
        kind: SessionKind = "online",
        accepted: int = 1,
        rejected: int = 0,
        upo_page_size: int | None = None,
    ) -> str:
        """Reference of a finished session of any size, made at once."""
        with self.core.lock:
            return self.core.seeding.seed(nip, kind, accepted, rejected, upo_page_size).reference

    def invoices_of(self, session: str) -> list[SentInvoice]:
        """What a session holds so far, in order, whatever its clock shows of it.

        Raises LookupError when there is no such session.
        """
        from .sessions.register import SentInvoice

        with self.core.lock:
            return [SentInvoice.of(invoice) for invoice in self._find(session).invoices]

    def accepted_invoices(self) -> list[AcceptedInvoice]:
        """Every invoice that has a KSeF number, of all sessions: the proof of exactly once."""
        with self.core.lock:
            return self.core.sessions.accepted()

    def upo_bytes(self, session: str, page: int) -> bytes:
        """The bytes served for a page of a session's UPO, counted from 1.

        Raises LookupError when there is no such session or page (yet).
        """
        with self.core.lock:
            found = self._find(session)
            if not 1 <= page <= len(self.core.receipts.pages(found)):
                raise LookupError("the session's UPO has no such page")
            return self.core.receipts.page_content(found, page - 1)

    def invoice_bytes(self, session: str, invoice: str) -> bytes | None:
        """The plain invoice that was sent, by its reference; None when it was never decrypted."""
        with self.core.lock:
            found = self._find(session)
            if invoice not in found.by_reference:
                raise LookupError("there is no such invoice")
            return found.by_reference[invoice].plain()

    def _find(self, session: str) -> Session:
        found = self.core.sessions.find(session)
        if found is None:
            raise LookupError("there is no such session")
        return found

    def handle(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
    ) -> tuple[int, dict[str, str], bytes]:
        """One request without sockets: status, headers and body of the answer.

        Meant for transports of HTTP clients in tests. A dropped connection raises
        ConnectionResetError; delays are kept in real time.
        """
        import time
        from urllib.parse import urlsplit

        from .messages import Request

        parts = urlsplit(url)
        response = self.core.handle(
            Request(
                method=method.upper(),
                path=parts.path or "/",
                query=parts.query,
                headers={name.lower(): value for name, value in (headers or {}).items()},
                body=body,
                origin=f"{parts.scheme or 'http'}://{parts.netloc or '127.0.0.1'}",
            )
        )
        if response.delay > 0:
            time.sleep(response.delay)
        if response.drop is not None:
            raise ConnectionResetError("the connection was dropped on purpose")
        return response.status, dict(response.headers), response.body


def serve(
    *,
    host: str = "127.0.0.1",
    port: int = 0,
    limits: LimitProfile = "off",
    on_ready: Callable[[Simulator, str], None] | None = None,
    **options: Any,
) -> None:
    """Serve until interrupted. `on_ready` gets the simulator and its base URL once it is bound.

    Raises ValueError for a host that is not loopback or an unknown profile of limits, OSError
    when the port is taken, SimulatorExtraMissing without the extra.
    """
    simulator = Simulator(host=host, port=port, limits=limits, **options)
    with _extra():
        from .server import run

    def ready(bound: int) -> None:
        if on_ready is not None:
            name = f"[{host}]" if ":" in host else host
            on_ready(simulator, f"http://{name}:{bound}/v2")

    try:
        run(simulator.core, host, port, ready, simulator.is_exposed)
    finally:
        simulator.stop()
