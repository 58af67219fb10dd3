"""The report of a session as one HTML page, which needs no other file and asks no server."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from ksef_facade.local_time import poland
from ksef_facade.upo.render.content import Fact, moment
from ksef_facade.upo.render.markup import Html, element, joined, page
from ksef_facade.upo.render.metadata import LANGUAGE_TAGS
from ksef_facade.upo.render.page import fact_list, heading, table, words
from ksef_facade.upo.render.style import STYLE
from ksef_facade.upo.render.wording import Language, checked, grouped, lines, say

if TYPE_CHECKING:
    from ksef_facade.models.session_report import ReportedInvoice, SessionReport

_COLUMNS: Final = (
    "ordinal",
    "invoice_number",
    "ksef_number",
    "acquisition",
    "status",
    "upo_file",
)
_CLASSES: Final = {
    "accepted": "good",
    "succeeded": "good",
    "in_progress": "open",
    "retryable": "open",
    "unknown": "open",
}
_NOT_TOLD: Final = "—"


def session_html(report: SessionReport, language: Language) -> str:
    """The page that `SessionReport.to_html` documents."""
    wanted = checked(language)

    def fact(key: str, text: str) -> Fact:
        return Fact(lines(key, wanted), text)

    state = [
        fact("session", report.reference_number),
        fact("status", _status(report.code, report.description, report.details)),
        fact("created", _when(report.date_created)),
        fact("updated", _when(report.date_updated)),
    ]
    if not report.is_terminal:
        state.append(fact("valid_until", _when(report.valid_until)))
    counts = [
        fact("all", grouped(report.total_count, wanted)),
        fact("accepted", grouped(report.successful_count, wanted)),
        fact("rejected", grouped(report.failed_count, wanted)),
        fact("upo_pages", ", ".join(report.upo_references) or _NOT_TOLD),
    ]
    head = element("tr", *(element("th", words(key, wanted)) for key in _COLUMNS))
    body = element(
        "section",
        heading("report", report.reference_number, None, wanted),
        element("div", fact_list(state, strong=2), fact_list(counts), class_="columns"),
        table("session", head, [_row(invoice, wanted) for invoice in report.invoices]),
        class_="wide",
    )
    title = f"{say('report', wanted)} {report.reference_number}"
    return page(LANGUAGE_TAGS[wanted], title, STYLE, element("main", body))


def _row(invoice: ReportedInvoice, language: Language) -> Html:
    ordinal = invoice.ordinal_number
    start, clock = moment(_local(invoice.acquisition_date))
    outcome = element(
        "span",
        f"{invoice.code} {invoice.description}".strip(),
        class_=_CLASSES.get(invoice.outcome, "bad"),
    )
    return element(
        "tr",
        element("td", _NOT_TOLD if ordinal is None else grouped(ordinal, language)),
        element("td", invoice.invoice_number or invoice.reference_number),
        element(
            "td",
            element("strong", invoice.ksef_number or _NOT_TOLD),
            element("small", invoice.invoice_hash) if invoice.invoice_hash else None,
        ),
        element("td", start, element("small", clock) if clock else None),
        element("td", joined([outcome, *(element("small", told) for told in invoice.details)])),
        element("td", "UPO" if invoice.receipt else _NOT_TOLD),
    )


def _status(code: int, description: str, details: tuple[str, ...]) -> str:
    text = f"{code} {description}".strip()
    return f"{text} ({'; '.join(details)})" if details else text


def _when(value: datetime | None) -> str:
    return " ".join(moment(_local(value))).strip()


def _local(value: datetime | None) -> datetime | None:
    """The time in Poland, to the second; the service tells it in UTC."""
    return value and value.astimezone(poland()).replace(microsecond=0)
