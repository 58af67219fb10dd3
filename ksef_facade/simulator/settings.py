"""Every switch of the simulator, with the values of the TEST environment as defaults."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Literal

from attrs import define, field, frozen

from .loopback import require_origin

#: How strictly rate limits are counted: not at all, by the contract's table, or ten times wider.
LimitProfile = Literal["off", "contract", "x10"]
#: Shorter keys are found by trying; ours.
_SHORTEST_KEY = 16
LIMIT_PROFILES: tuple[LimitProfile, ...] = ("off", "contract", "x10")


@frozen
class Latencies:
    """Seconds that pass on the simulator's clock before something becomes visible.

    The defaults are fast enough for a demonstration; the real service takes seconds to hours.
    """

    authentication: float = 0.05
    key_check: float = 0.03
    invoice_started: float = 0.02
    invoice_done: float = 0.08
    invoice_upo: float = 0.0
    permanent_storage: float = 0.5
    package_done: float = 0.1
    session_done: float = 0.1
    session_upo: float = 0.0
    export_done: float = 0.1
    #: How far behind the present permanent storage is known to be complete (two minutes observed).
    high_water_mark: float = 120.0
    permission_done: float = 0.05
    token_activated: float = 0.05
    token_revoked: float = 0.05
    certificate_issued: float = 0.1
    certificate_revoked: float = 0.05


@define
class Settings:
    """What a simulator does; every value may be changed while it runs.

    Sources: lifetimes and limits are documented rules of KSeF (tokens 45 min, 15 min and 7 days;
    sessions 12 hours; 10,000 invoices per session and per UPO page, 500 per collective identifier;
    1 MB and 3 MB per invoice; 50 parts of 100 MB before encryption, with 20 minutes of upload time
    each; 10,000 invoices per query, 10,000 of 1 GB per export in parts of 50 MB, 10 exports at
    once, kept for 7 days). Limits of sending are defaults: a context can have its own.
    """

    latencies: Latencies = field(factory=Latencies)
    #: Rate limits. "off" publishes the contract's table in `GET /rate-limits`, and what was set for
    #: a context, and enforces nothing; "contract" enforces what it publishes; "x10" publishes and
    #: enforces ten times the table, but what was set for a context as it is.
    limits: LimitProfile = "off"
    #: Whether the limit over everything from one address is enforced too. It is published, and
    #: was not enforced at last (observed).
    enforce_global_limit: bool = False
    #: Whether each request during a block lengthens it by as long as it was at first, up to an
    #: hour. That blocks grow is documented; by how much is not, so this is our guess.
    growing_blocks: bool = False
    #: Suffix of the authority's name in a UPO, and the issuer named in tokens.
    environment: Literal["TE", "TR", "PRD"] = "TE"

    #: DER of the certificates at which chains end. Chains are looked at where the environment is
    #: not TE, or the caller of POST /auth/xades-signature asks for it.
    trusted_certificates: Sequence[bytes] = field(factory=tuple, repr=False)

    challenge_lifetime: timedelta = timedelta(minutes=10)
    authentication_token_lifetime: timedelta = timedelta(minutes=45)
    access_token_lifetime: timedelta = timedelta(minutes=15)
    refresh_token_lifetime: timedelta = timedelta(days=7)
    #: How long the status of a login is kept; then it is gone.
    authentication_retention: timedelta = timedelta(days=7)

    session_lifetime: timedelta = timedelta(hours=12)
    invoices_per_session: int = 10_000
    invoice_size: int = 1_000_000
    invoice_size_with_attachment: int = 3_000_000
    invoices_per_collective_identifier: int = 500
    #: How many collective identifiers of one context an invoice may belong to.
    collective_identifiers_per_invoice: int = 132
    #: Checksums of tax numbers are checked on production only, unless a session asks for it.
    check_tax_number_checksums: bool = False

    parts_per_package: int = 50
    part_size: int = 100_000_000
    upload_time_per_part: timedelta = timedelta(minutes=20)
    #: Headers of every part's upload (contract, example of POST /sessions/batch). Add one of your
    #: own to see whether a client sends what it is told or what it knows.
    part_headers: Mapping[str, str] = field(factory=lambda: {"x-ms-blob-type": "BlockBlob"})
    #: How many times its size an archive may unpack to. Ours: deflate cannot do more than 1032,
    #: and no honest invoices come near it.
    archive_ratio: int = 1000

    upo_page_size: int = 10_000
    sign_upo: bool = True
    link_lifetime: timedelta = timedelta(days=3)
    #: Whether `x-ms-meta-hash` accompanies what is behind links, and UPO downloads.
    meta_hash: bool = True

    #: How many invoices one set of filters shows.
    query_wall: int = 10_000
    #: A package of exported invoices ends before it holds more invoices, or more bytes when they
    #: are compressed; its parts, before they are encrypted, are no larger.
    export_invoices: int = 10_000
    export_size: int = 1_000_000_000
    export_part_size: int = 50_000_000
    #: Exports that one subject may have in progress in one context.
    concurrent_exports: int = 10
    #: From the end of an export until its package has expired, and until its status is gone. With
    #: a shorter life of the package the status 210 is seen.
    package_lifetime: timedelta = timedelta(days=7)
    export_retention: timedelta = timedelta(days=7)
    export_link_lifetime: timedelta = timedelta(hours=1)

    #: Pages shorter than asked for although a token follows.
    short_pages: bool = False
    #: A last page that is empty, behind a token.
    trailing_empty_page: bool = False
    #: Text of `X-System-Warning` on every successful answer; None sends none.
    system_warning: str | None = None
    #: While set, sending an invoice answers 21184 as during maintenance.
    maintenance: bool = False

    #: Scheme and authority under which clients reach the simulator, as "https://ksef.test" behind
    #: something that speaks TLS. Requests to that name are answered as those to loopback are, and
    #: every link leads to it. Clients with guards against links to loopback need it.
    public_url: str | None = None
    #: Whoever sends it in the header `X-Simulator-Key` may use the control endpoints from another
    #: machine too; None leaves them to this machine.
    control_key: str | None = field(default=None, repr=False)
    #: The contract obeyed; None is the one that comes with the package.
    contract: Path | None = None

    def __attrs_post_init__(self) -> None:
        if self.limits not in LIMIT_PROFILES:
            raise ValueError(f"limits must be one of {', '.join(LIMIT_PROFILES)}")
        if self.upo_page_size < 1:
            raise ValueError("a UPO page holds at least one document")
        if self.control_key is not None and len(self.control_key) < _SHORTEST_KEY:
            raise ValueError(f"a control key has {_SHORTEST_KEY} characters at least")
        if self.public_url is not None:
            require_origin(self.public_url)
        if min(self.query_wall, self.export_invoices, self.export_part_size) < 1:
            raise ValueError("a query, a package and its parts hold at least one of their kind")
