"""Rules for what an invoice says: schema, mandatory fields, dates, number, size, attachment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final, Literal

from attrs import frozen

from ksef_facade.form_codes import FormCode
from ksef_facade.invoices.facts import InvoiceFacts
from ksef_facade.invoices.forms import FORMS, MADE_UNTIL, WITHDRAWN, InvoiceForm
from ksef_facade.invoices.problems import InvoiceProblem, quoted
from ksef_facade.local_time import poland

Mode = Literal["online", "batch"]

# Schemas, types TZnakowy (FA, FA_RR); a UPO holds no longer number either.
_LONGEST_NUMBER: Final = 256
_SPELT: Final = {
    "FA": ("Podmiot1/DaneIdentyfikacyjne/NIP", "P_1", "P_2", "RodzajFaktury"),
    "RR": ("Podmiot1/DaneIdentyfikacyjne/NIP", "P_4B", "P_4C", "RodzajFaktury"),
    "UBL": ("AccountingSupplierParty/Party/PartyTaxScheme/CompanyID", "IssueDate", "ID", ""),
}


@frozen(kw_only=True)
class InvoiceLimits:
    """The largest invoices in bytes (documented defaults; contract GET /limits/context has yours)."""

    without_attachment: int = 1_000_000
    with_attachment: int = 3_000_000

    @property
    def largest(self) -> int:
        """No invoice may be larger."""
        return max(self.without_attachment, self.with_attachment)


DEFAULT_LIMITS: Final = InvoiceLimits()


def check_size(
    size: int, limits: InvoiceLimits, facts: InvoiceFacts | None
) -> InvoiceProblem | None:
    """Whether a file is small enough; without facts, whether any invoice may be so large."""
    if facts is None:
        limit, what = limits.largest, "at most"
    elif facts.has_attachment:
        limit, what = limits.with_attachment, "with an attachment at most"
    else:
        limit, what = limits.without_attachment, "without attachment at most"
    if size <= limit:
        return None
    return InvoiceProblem(
        code="too-large",
        message=f"the file has {size:,} bytes, and KSeF takes {what} {limit:,}: split the invoice",
    )


def check_schema_named(
    facts: InvoiceFacts, wanted: FormCode | None, environment: str
) -> Iterator[InvoiceProblem]:
    """Namespace, `KodFormularza`, the session's form code, and what the environment takes."""
    form = facts.form
    if form is None:
        yield _unknown(facts)
        return
    code = form.form_code
    line = facts.lines.get("KodFormularza")
    if form.layout != "UBL":
        expected = (code.system_code, code.schema_version, code.value)
        if facts.declared_form is None:
            yield _missing("Naglowek/KodFormularza")
        elif facts.declared_form != expected:
            found = ", ".join(quoted(part) for part in facts.declared_form)
            yield InvoiceProblem(
                code="form-code",
                message=(
                    f"KodFormularza has {found}, but the namespace is that of {form.name}: write "
                    f"kodSystemowy='{expected[0]}', wersjaSchemy='{expected[1]}' and '{expected[2]}'"
                ),
                line=line,
            )
    if wanted is not None and wanted != code:
        yield InvoiceProblem(
            code="session-form-code",
            message=(
                f"the invoice is {form.name}, and the session takes {wanted.system_code} "
                f"{wanted.schema_version}: send it in a session of its own form code"
            ),
            line=line,
        )
    if form.test_only and environment in ("demo", "prod"):
        yield InvoiceProblem(
            code="form-not-accepted",
            message=f"{form.name} is taken by the test environment only: write an FA (3) invoice",
            line=line,
        )


def _unknown(facts: InvoiceFacts) -> InvoiceProblem:
    if old := WITHDRAWN.get(facts.namespace):
        why = f"it is {old}, which KSeF takes no more"
    elif any(form.namespace == facts.namespace for form in FORMS):
        why = "the namespace belongs to another element"
    else:
        why = f"the namespace {quoted(facts.namespace)} is none of its schemas"
    return InvoiceProblem(
        code="unknown-namespace",
        message=(
            f"the root element {quoted(facts.root)} is no invoice that KSeF takes: {why}; "
            f"it takes {', '.join(form.name for form in FORMS)}"
        ),
        line=facts.lines.get(facts.root),
    )


def _missing(path: str) -> InvoiceProblem:
    return InvoiceProblem(
        code="missing-element", message=f"{path} is missing or empty: every invoice needs it"
    )


def check_fields(facts: InvoiceFacts, form: InvoiceForm) -> Iterator[InvoiceProblem]:
    """Seller, date, number and kind are there; the number is short enough; the time made fits."""
    values = (facts.seller_nip, facts.issue_date_text, facts.number, facts.kind)
    for path, value in zip(_SPELT[form.layout], values, strict=True):
        if value is None:
            yield _missing(path)
    if facts.number is not None and len(facts.number) > _LONGEST_NUMBER:
        yield InvoiceProblem(
            code="number-too-long",
            message=(
                f"the invoice number has {len(facts.number)} characters, and the schema allows "
                f"{_LONGEST_NUMBER}: shorten it"
            ),
            line=facts.lines.get(_SPELT[form.layout][2]),
        )
    made, earliest = facts.made, form.made_from
    if made and earliest and not _is_between(made, earliest, MADE_UNTIL):
        yield InvoiceProblem(
            code="creation-time",
            message=(
                f"DataWytworzeniaFa is {quoted(made)}, and {form.name} allows times from "
                f"{earliest} to {MADE_UNTIL}: correct it"
            ),
            line=facts.lines.get("DataWytworzeniaFa"),
        )


def _is_between(text: str, earliest: str, latest: str) -> bool:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return False
    # The schema compares a time without an offset as if it were UTC.
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return datetime.fromisoformat(earliest) <= aware <= datetime.fromisoformat(latest)


def check_issue_date(
    facts: InvoiceFacts, form: InvoiceForm, now: datetime, offline: bool
) -> Iterator[InvoiceProblem]:
    """The date of issue against today in Poland (documented rules of acceptance and of the mode)."""
    if facts.issue_date_text is None:
        return
    name = _SPELT[form.layout][1]
    line = facts.lines.get(name)
    today = now.astimezone(poland()).date()
    if facts.issue_date is None:
        yield InvoiceProblem(
            code="issue-date",
            message=f"{name} is {quoted(facts.issue_date_text)}: write a date like {today}",
            line=line,
        )
    elif facts.issue_date > today:
        yield InvoiceProblem(
            code="issue-date-future",
            message=(
                f"{name} is {facts.issue_date}, after today in Poland ({today}): correct it, or send "
                "the invoice on that day"
            ),
            line=line,
        )
    elif facts.issue_date < today and not offline:
        yield InvoiceProblem(
            code="issue-date-past",
            message=(
                f"{name} is {facts.issue_date}, before today in Poland ({today}), so KSeF will mark "
                "the invoice as issued offline: send it as offline if it is"
            ),
            severity="warning",
            line=line,
        )


def check_attachment(
    facts: InvoiceFacts, form: InvoiceForm, mode: Mode | None, corrects: bool
) -> InvoiceProblem | None:
    """An attachment goes by batch, or online with a technical correction (documented rule).

    Not looked at for UBL, which goes online only.
    """
    if not facts.has_attachment or mode != "online" or corrects or not form.sent_by_batch:
        return None
    return InvoiceProblem(
        code="attachment-online",
        message="the invoice has an attachment, which KSeF takes only by batch: send it in a batch session",
    )
