"""What a UPO says of itself, and whether a set of its pages is whole."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from attrs import frozen

# Suffix of NazwaPodmiotuPrzyjmujacego since v4-3 (observed in official samples and answers).
_ENVIRONMENT_SUFFIX: Final = re.compile(r"\(([^()]{1,20})\)\s*$")
_ENVIRONMENTS: Final = {"TE": "test", "TR": "demo"}

_WITHOUT_SUFFIX: Final = "prod"
_MINISTRYS: Final = ("test", "demo", "prod")

# The first version whose authority name tells the environment.
_FIRST_WITH_ENVIRONMENT: Final = (4, 3)

# Page numbers that a problem lists before it says only how many there are.
_MOST_LISTED: Final = 10


@frozen(kw_only=True)
class UpoFacts:
    """What one UPO document says of itself; read without judging it.

    Attributes:
        namespace: namespace of the root element.
        version: its last part, e.g. "v4-3"; "v3" is KSeF 1.0.
        authority: `NazwaPodmiotuPrzyjmujacego`: who received the documents.
        session_reference: `NumerReferencyjnySesji` (v3: `NumerReferencyjny`), as it stands there.
        context_kind: "Nip", "InternalId", "NipVatUe" or "PeppolId", as the contract calls them; an
            element not known here by its own name; `None` when there is none.
        context_value: the identifier of the context, `None` when there is none.
        form_code: `KodFormularza`, e.g. "FA (3)".
        page: `Strona`, from 1; like the next four `None` on the UPO of one invoice.
        pages: `LiczbaStron`.
        first: `ZakresDokumentowOd`.
        last: `ZakresDokumentowDo`; documented as exclusive and inclusive in all official samples,
            so nothing may be computed from it.
        total: `CalkowitaLiczbaDokumentow`, of all pages.
        document_count: `Dokument` elements, counted.
        single_ksef_number: `NumerKSeFDokumentu` when there is exactly one document, else `None`.
        signed: there is an XML signature; it has not been verified.
    """

    namespace: str
    version: str
    session_reference: str
    authority: str | None = None
    context_kind: str | None = None
    context_value: str | None = None
    form_code: str | None = None
    page: int | None = None
    pages: int | None = None
    first: int | None = None
    last: int | None = None
    total: int | None = None
    document_count: int = 0
    single_ksef_number: str | None = None
    signed: bool = False

    @property
    def environment_name(self) -> str | None:
        """ "test", "demo" or "prod"; another suffix as it stands; `None` before v4-3."""
        if suffix := _ENVIRONMENT_SUFFIX.search(self.authority or ""):
            return _ENVIRONMENTS.get(suffix[1], suffix[1])
        number = tuple(int(part) for part in re.findall(r"[0-9]+", self.version))
        return "prod" if self.authority and number >= _FIRST_WITH_ENVIRONMENT else None

    @property
    def is_session_page(self) -> bool:
        """Whether it is a page of a session's UPO; `False` for the UPO of one invoice."""
        return self.page is not None or self.pages is not None


def check_page(facts: UpoFacts, *, session_reference: str | None = None) -> tuple[str, ...]:
    """Why a document cannot be a UPO of this session; empty when nothing speaks against it.

    Args:
        facts: what `inspect` read.
        session_reference: the session that it must be of, in any case; `None` for any session.
    """
    problems = []
    if session_reference is not None and not _same(facts.session_reference, session_reference):
        problems.append(
            f"the UPO is of session {facts.session_reference}, not of {session_reference}"
        )
    if facts.document_count == 0:
        problems.append("the UPO lists no document")
    if facts.page is not None and facts.pages is not None and facts.page > facts.pages:
        problems.append(f"the UPO says it is page {facts.page} of {facts.pages}")
    return tuple(problems)


def check_invoice(
    facts: UpoFacts, *, session_reference: str | None = None, ksef_number: str | None = None
) -> tuple[str, ...]:
    """Why a document cannot be the UPO of this one invoice; empty when nothing speaks against it.

    Args:
        facts: what `inspect` read.
        session_reference: the session that it must be of; `None` for any session.
        ksef_number: the invoice that it must prove; `None` for any.
    """
    problems = list(check_page(facts, session_reference=session_reference))
    if facts.document_count > 1:
        problems.append(
            f"the UPO lists {facts.document_count} documents where that of one invoice was asked for"
        )
    proven = facts.single_ksef_number
    if ksef_number is not None and facts.document_count == 1:
        if proven is None:
            problems.append(f"the UPO names no KSeF number, {ksef_number} was asked for")
        elif not _same(proven, ksef_number):
            problems.append(f"the UPO proves {proven}, not {ksef_number}")
    return tuple(problems)


def check_origin(
    facts: UpoFacts, environment: str, context_kind: str, context_value: str
) -> tuple[str, ...]:
    """Why a document cannot be for this taxpayer and from this KSeF; empty when nothing speaks
    against it.

    A kind of context that differs is no contradiction: a company may see what its unit sent. An
    environment is compared only with one of the Ministry's, and a name without a suffix, which is
    production's, is too little to go by (documented suffixes of the authority's name).

    Args:
        facts: what `inspect` read.
        environment: name of the environment that was asked.
        context_kind: kind of the context that was logged in for, as the contract names it.
        context_value: its value.
    """
    problems = []
    told = facts.environment_name
    suffixed = told not in (None, _WITHOUT_SUFFIX)
    if suffixed and environment in _MINISTRYS and told != environment:
        problems.append(f"the UPO is from {told}, not from {environment}")
    if facts.context_kind == context_kind and facts.context_value != context_value:
        problems.append(f"the UPO is for {facts.context_value}, not for {context_value}")
    return tuple(problems)


def check_completeness(
    pages: Sequence[UpoFacts], successful_count: int | None = None
) -> tuple[str, ...]:
    """What is missing or too much in the pages of one session's UPO; empty when it is whole.

    Every page from 1 to `LiczbaStron` must be there once, all of one session, and the documents on
    them must be as many as the pages and the session say. Bounds are not compared (see
    `UpoFacts.last`).

    Args:
        pages: what `inspect` read of each page, in any order.
        successful_count: `successfulInvoiceCount` of the session's status, `None` when unknown.
    """
    if not pages:
        return ("there is no page",)
    problems = []
    sessions = sorted({facts.session_reference.upper() for facts in pages})
    if len(sessions) > 1:
        problems.append(f"the pages are of different sessions: {', '.join(sessions)}")
    problems += _check_numbers(pages)
    counted = sum(facts.document_count for facts in pages)
    totals = sorted({facts.total for facts in pages if facts.total is not None})
    if len(totals) > 1:
        problems.append(f"the pages disagree on the number of documents: {_listed(totals)}")
    elif totals and totals[0] != counted:
        problems.append(f"the pages list {counted} documents and say that there are {totals[0]}")
    if successful_count is not None and successful_count != counted:
        problems.append(
            f"the pages list {counted} documents and the session accepted {successful_count}"
        )
    return tuple(problems)


def check_bounds(pages: Sequence[UpoFacts]) -> tuple[str, ...]:
    """Where the bounds of pages do not fit their numbers and documents, e.g. of pages renumbered.

    A page's own bounds may be inclusive or not (see `UpoFacts.last`), and the next page goes on where
    it ended. No receipt of several pages was ever published, so this is a reason to look twice and
    no proof.
    """
    problems = []
    numbered = sorted((one for one in pages if one.page is not None), key=lambda one: one.page or 0)
    before: UpoFacts | None = None
    for one in numbered:
        if one.first is None or one.last is None:
            before = None
            continue
        span = one.last - one.first
        if one.document_count not in (span, span + 1):
            problems.append(
                f"page {one.page} is of documents {one.first} to {one.last} by its own account, and "
                f"lists {one.document_count}"
            )
        start = 1 if one.page == 1 else None
        if before is not None and before.first is not None and one.page == (before.page or 0) + 1:
            start = before.first + before.document_count
        if start is not None and one.first != start:
            problems.append(f"page {one.page} begins with document {one.first} instead of {start}")
        before = one
    return tuple(problems)


def _check_numbers(pages: Sequence[UpoFacts]) -> list[str]:
    numbers = Counter(facts.page for facts in pages if facts.page is not None)
    sizes = sorted({facts.pages for facts in pages if facts.pages is not None})
    problems = []
    if numbers.total() < len(pages) or not sizes:
        problems.append("not every page says which page of how many it is")
    if len(sizes) > 1:
        problems.append(f"the pages disagree on the number of pages: {_listed(sizes)}")
    if twice := sorted(number for number, times in numbers.items() if times > 1):
        problems.append(f"pages are there more than once: {_listed(twice)}")
    if sizes:
        # A page may claim any number of pages, so no more of them are looked at than can be told.
        reach = min(sizes[-1], max(numbers, default=0) + _MOST_LISTED + 1)
        missing = [number for number in range(1, reach + 1) if number not in numbers]
        lacking = sizes[-1] - sum(1 for number in numbers if 1 <= number <= sizes[-1])
        if lacking:
            problems.append(f"{lacking} of {sizes[-1]} pages are missing: {_listed(missing)}")
        if beyond := sorted(number for number in numbers if number > sizes[-1]):
            problems.append(f"pages are there beyond the last one: {_listed(beyond)}")
    return problems


def _listed(numbers: Sequence[int]) -> str:
    shown = ", ".join(str(number) for number in numbers[:_MOST_LISTED])
    return f"{shown}, …" if len(numbers) > _MOST_LISTED else shown


def _same(one: str, other: str) -> bool:
    """Whether two references are equal; storage paths were observed to have them in lower case."""
    return one.upper() == other.upper()
