"""Who the checks are: a taxpayer of the run's own with a login, and whatever else they need, cleaned up after."""

from __future__ import annotations

import json
import time
from base64 import b64encode, urlsafe_b64decode
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from random import Random, SystemRandom
from typing import Any

from attrs import define, evolve, field
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from ksef_facade import CertificateAuth, Ksef
from ksef_facade.crypto.encryption import SessionKey, wrap_key
from ksef_facade.crypto.public_keys import read_public_keys, select
from ksef_facade.crypto.self_signed import self_signed_seal
from ksef_facade.environments import Environment
from ksef_facade.local_time import poland
from ksef_facade.samples.fa3_document import Invoice, Line, Party
from ksef_facade.samples.invoices import random_nip
from ksef_facade.settings import RateLimits
from ksef_facade.simulator import Simulator
from scripts.contract_tests.asking import Answer, Asking, direct_client
from scripts.contract_tests.checking import ContractRun
from scripts.contract_tests.runs import credentials
from scripts.contract_tests.watching import Watching

_BETWEEN_CLEANUPS = 0.25
PATIENCE = timedelta(minutes=5)
"""How long a check waits for KSeF to be done with something."""


@define
class World:
    """One taxpayer at one target."""

    run: ContractRun
    ksef: Ksef
    ask: Asking
    nip: str
    random: Random
    environment: Environment
    simulator: Simulator | None
    is_owner: bool
    """Whether the login is by the taxpayer's own seal: it may do everything in its context."""
    _stack: ExitStack = field(repr=False)
    _numbers: Iterator[int] = field(factory=lambda: iter(range(1, 10_000)), repr=False)

    @property
    def today(self) -> date:
        """The calendar day by which KSeF judges invoices."""
        return datetime.now(poland()).date()

    def afterwards(self, what: str, act: Callable[[], object]) -> None:
        """Clean something up at the end; what fails is told in the report."""

        def attempt() -> None:
            if self.run.target.is_live:
                # At the end everything comes at once; the limits by the second are narrow.
                time.sleep(_BETWEEN_CLEANUPS)
            try:
                done = act()
            except Exception as error:
                self.run.findings.mess.append(f"{what}: {type(error).__name__}")
            else:
                if isinstance(done, Answer) and done.status >= 400:
                    self.run.findings.mess.append(f"{what}: {done.summary}")

        self._stack.callback(attempt)

    def login(self, auth: Any) -> tuple[Ksef, Asking]:
        """Another login over the same connections, ended at the end."""
        other = self.ksef.for_context(auth)
        self.afterwards(f"a login for {auth.context}", other.log_out)
        return other, Asking(other)

    def stranger(self) -> tuple[str, Ksef, Asking]:
        """Another taxpayer with its own seal."""
        nip = random_nip(self.random)
        return nip, *self.login(CertificateAuth(self_signed_seal(nip, key="ec")))

    def pesel(self) -> str:
        """A PESEL with a right checksum, of nobody: TEST is shared, and no one else's may be touched."""
        day = self.random.randrange(1, 28)
        digits = f"{self.random.randrange(100):02}{self.random.randrange(1, 13):02}{day:02}"
        digits += f"{self.random.randrange(10_000):04}"
        weights = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)
        total = sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True))
        return digits + str(-total % 10)

    def invoice(self, **changes: Any) -> Invoice:
        """An invoice that KSeF takes: today's, from the taxpayer to a buyer that does not exist."""
        number = f"CT/{next(self._numbers)}/{self.random.randrange(16**8):08X}"
        sample = Invoice(
            number=number,
            issued=self.today,
            seller=Party(self.nip, "Palarnia Testowa sp. z o.o.", "ul. Łódzka 7", "20-128 Lublin"),
            buyer=Party(random_nip(self.random), "Kawiarnia Testowa", "Rynek 3", "31-042 Kraków"),
            lines=(Line("Kawa ziarnista 1 kg", "szt.", Decimal(2), Decimal("62.50")),),
        )
        return evolve(sample, **changes)

    def document(self, **changes: Any) -> bytes:
        """Such an invoice as a document."""
        return self.invoice(**changes).document(datetime.now(UTC))

    def session_over(self, reference: str, codes: list[int] | None = None) -> dict[str, Any]:
        """The status of a session when it is final; `codes` collects what it showed on the way."""
        return self._final("/sessions/{referenceNumber}", (reference,), codes)

    def invoice_over(
        self, session: str, invoice: str, codes: list[int] | None = None
    ) -> dict[str, Any]:
        """The status of an invoice when it is final."""
        template = "/sessions/{referenceNumber}/invoices/{invoiceReferenceNumber}"
        return self._final(template, (session, invoice), codes)

    def _final(
        self, template: str, arguments: tuple[str, ...], codes: list[int] | None
    ) -> dict[str, Any]:
        pause = 0.03 if not self.run.target.is_live else 2.0
        until = time.monotonic() + PATIENCE.total_seconds()
        while True:
            found: dict[str, Any] = self.ask("GET", template, *arguments).json
            code = found["status"]["code"]
            if codes is not None:
                codes.append(code)
            if code >= 200:
                return found
            assert time.monotonic() < until, f"still {code} after {PATIENCE}"
            time.sleep(pause)
            pause = min(pause * 1.5, 15.0)

    def public_key(self, usage: Any) -> Any:
        """The key that the service publishes for a usage."""
        keys = read_public_keys(
            self.ask("GET", "/security/public-key-certificates", bearer=None).json
        )
        return select(keys, usage, datetime.now(UTC))

    def encryption(
        self, key: SessionKey | None = None, **changes: Any
    ) -> tuple[SessionKey, dict[str, Any]]:
        """A session's key, and how a request says it."""
        key = key or SessionKey.generate()
        public = self.public_key("SymmetricKeyEncryption")
        wrapped = wrap_key(public.certificate_der, key.key)
        described = {
            "encryptedSymmetricKey": b64encode(wrapped).decode(),
            "initializationVector": b64encode(key.iv).decode(),
            "publicKeyId": public.public_key_id,
        }
        return key, {**described, **changes}


FA_3 = {"systemCode": "FA (3)", "schemaVersion": "1-0E", "value": "FA"}


def until(world: World, holds: Callable[[], object], seconds: float = 120) -> bool:
    """Ask until something holds, or not any more."""
    pause = 0.03 if not world.run.target.is_live else 3.0
    for _ in range(int(seconds / max(pause, 1)) or 1):
        if holds():
            return True
        time.sleep(pause)
    return bool(holds())


def digest(content: bytes) -> str:
    """Base64 of the SHA-256, as KSeF writes hashes."""
    return b64encode(sha256(content).digest()).decode()


def badly_padded(key: SessionKey) -> bytes:
    """What decrypts with the key, but to something that has no end by PKCS#7."""
    encryptor = Cipher(AES(key.key), CBC(key.iv)).encryptor()
    return encryptor.update(bytes(64)) + encryptor.finalize()


def invoice_body(
    document: bytes, key: SessionKey, *, encrypted: bytes | None = None, **changes: Any
) -> dict[str, Any]:
    """What sends an invoice."""
    encrypted = encrypted or key.encrypt(document)
    body = {
        "invoiceHash": digest(document),
        "invoiceSize": len(document),
        "encryptedInvoiceHash": digest(encrypted),
        "encryptedInvoiceSize": len(encrypted),
        "encryptedInvoiceContent": b64encode(encrypted).decode(),
    }
    return {**body, **changes}


def token_claims(token: str) -> dict[str, Any]:
    """What stands in a JWT, unchecked."""
    payload = token.split(".")[1]
    found = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    assert isinstance(found, dict)
    return found


def moment(text: str) -> datetime:
    """A time of the service."""
    return datetime.fromisoformat(text)


@contextmanager
def make_world(run: ContractRun) -> Iterator[World]:
    """The taxpayer of a run: by the credentials that were given, or with a seal made for it."""
    with ExitStack() as stack:
        simulator = None
        environment = run.target.environment
        if environment is None:
            simulator = stack.enter_context(Simulator())
            environment = Environment("simulator", simulator.base_url)
        random = SystemRandom()
        auth = credentials(run.target, run.variables)
        is_owner = auth is None
        if auth is None:
            auth = CertificateAuth(self_signed_seal(random_nip(random)))
        watching = Watching(run.findings, direct_client(environment.is_loopback))
        paced: RateLimits = "contract" if run.target.is_live else "auto"
        client = Ksef(
            environment,
            auth=auth,
            rate_limits=paced,
            transport=watching,
            on_system_warning=lambda _: None,
        )
        ksef = stack.enter_context(client)
        if run.target.is_live:
            # A check that needs room in a limit may wait for it.
            ksef = ksef.options(max_rate_limit_wait=timedelta(minutes=2))
        nip = auth.context.value[:10]
        made = World(run, ksef, Asking(ksef), nip, random, environment, simulator, is_owner, stack)
        made.afterwards("the login of the run", ksef.log_out)
        yield made
        if simulator is not None:
            for violation in simulator.contract_violations:
                run.findings.notice("the simulator itself", violation)
