"""All checks of one file before it is sent, in the order in which KSeF would look."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from ksef_facade.errors import ConfigurationError
from ksef_facade.invoices.content_rules import (
    DEFAULT_LIMITS,
    InvoiceLimits,
    Mode,
    check_attachment,
    check_fields,
    check_issue_date,
    check_schema_named,
    check_size,
)
from ksef_facade.invoices.facts import InvoiceFacts
from ksef_facade.invoices.problems import InvoiceProblem
from ksef_facade.invoices.reading import Reading, read
from ksef_facade.invoices.tax_numbers import check_seller, check_tax_numbers

if TYPE_CHECKING:
    from ksef_facade.form_codes import FormCode
    from ksef_facade.invoices.schema_validation import InvoiceSchemas
    from ksef_facade.logins.contexts import Context

_PRODUCTION = "prod"


@frozen(kw_only=True)
class InvoiceReport:
    """What is known of a file after all checks.

    Attributes:
        facts: what it says of itself; `None` where it could not be read, or is too large to be.
        problems: everything found, errors and warnings, in the order of the checks.
        schema_checked: whether it was held against the official XML schema.
    """

    facts: InvoiceFacts | None
    problems: tuple[InvoiceProblem, ...]
    schema_checked: bool = False

    @property
    def errors(self) -> tuple[InvoiceProblem, ...]:
        """The problems for which KSeF would refuse it."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def warnings(self) -> tuple[InvoiceProblem, ...]:
        """The problems that are probably not meant."""
        return tuple(problem for problem in self.problems if problem.severity == "warning")


@frozen(kw_only=True)
class InvoiceChecker:
    """What invoices are held against; makes no request, and can be used from several threads.

    Attributes:
        context: for whom the login acts, compared with the seller; `None` leaves that out.
        form_code: of the session; `None` takes the one that goes with the namespace.
        limits: the largest invoices, in bytes.
        schema: the official schemas, see `installed_schemas`; `None` leaves that check out.
        environment: name of the KSeF meant; a wrong checksum of a NIP is an error on `prod` alone.
        mode: kind of session, for attachments; `None` leaves that out.
        offline: whether the invoices are declared as issued offline.
        corrects: whether they are technical corrections.
        now: an aware point in time; `None` is that of the check.
    """

    context: Context | None = None
    form_code: FormCode | None = None
    limits: InvoiceLimits = DEFAULT_LIMITS
    schema: InvoiceSchemas | None = None
    environment: str = "test"
    mode: Mode | None = None
    offline: bool = False
    corrects: bool = False
    now: datetime | None = None

    def check(self, source: bytes | str | os.PathLike[str], name: str = "") -> InvoiceReport:
        """Everything that is wrong with a file, or with bytes; what is in it never raises.

        Costs about 50 ms and 15 MB for each MB of the file, and half as much time again with a
        schema. A file over the limits is not read further.

        Args:
            source: a path, or the bytes of the file.
            name: what reports shall call it; by default the name of the file.

        Raises:
            ConfigurationError: `now` has no time zone.
            OSError: the file cannot be read.
            IntegrityFailure: an installed schema was changed since it was installed.
        """
        now = self.now or datetime.now(UTC)
        if now.tzinfo is None:
            raise ConfigurationError(f"{now.isoformat()} has no time zone; pass an aware datetime")
        if isinstance(source, bytes | bytearray | memoryview):
            content: bytes | None = bytes(source)
            size = len(source)
        else:
            path = Path(source)
            name = name or path.name
            size = path.stat().st_size
            content = path.read_bytes() if size <= self.limits.largest else None
        too_large = check_size(size, self.limits, None)
        if too_large is not None or content is None:
            return InvoiceReport(facts=None, problems=(too_large,) if too_large else ())
        return self.judge(read(content, name), now)

    def judge(self, reading: Reading, now: datetime) -> InvoiceReport:
        """The report on a file that was read already."""
        problems = [*reading.problems]
        facts, checked = reading.facts, False
        if facts is not None:
            problems += self._by_rules(facts, now)
            if self.schema is not None and facts.form_code is not None and reading.root is not None:
                found = self.schema.problems(reading.root, facts.form_code)
                checked = found is not None
                problems += found or ()
        return InvoiceReport(facts=facts, problems=tuple(problems), schema_checked=checked)

    def _by_rules(self, facts: InvoiceFacts, now: datetime) -> Iterator[InvoiceProblem]:
        if too_large := check_size(facts.size, self.limits, facts):
            yield too_large
        yield from check_schema_named(facts, self.form_code, self.environment)
        form = facts.form
        if form is None:
            return
        yield from check_fields(facts, form)
        yield from check_issue_date(facts, form, now, self.offline)
        yield from check_tax_numbers(
            facts, "error" if self.environment == _PRODUCTION else "warning"
        )
        if attachment := check_attachment(facts, form, self.mode, self.corrects):
            yield attachment
        if self.context is not None:
            yield from check_seller(facts, self.context)


def check_invoice_file(
    source: bytes | str | os.PathLike[str],
    *,
    context: Context | None = None,
    form_code: FormCode | None = None,
    limits: InvoiceLimits | None = None,
    schema: InvoiceSchemas | None = None,
    environment: str = "test",
    mode: Mode | None = None,
    offline: bool = False,
    corrects: bool = False,
    now: datetime | None = None,
) -> tuple[InvoiceProblem, ...]:
    """Everything that is wrong with one invoice; empty when nothing was found. Makes no request.

    For many invoices, or for their facts as well, make an `InvoiceChecker` with the same arguments
    and call its `check`. What is in the file never raises.

    Raises:
        ConfigurationError: `now` has no time zone.
        OSError: the file cannot be read.
        IntegrityFailure: an installed schema was changed since it was installed.
    """
    checker = InvoiceChecker(
        context=context,
        form_code=form_code,
        limits=limits or DEFAULT_LIMITS,
        schema=schema,
        environment=environment,
        mode=mode,
        offline=offline,
        corrects=corrects,
        now=now,
    )
    return checker.check(source).problems
