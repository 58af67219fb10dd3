"""Sending by hand: an open session, and what becomes of a session and of an invoice."""

from tests.contract.world import FA_3, invoice_body

STATUS = "/sessions/{referenceNumber}"
COUNTERS = ("invoiceCount", "successfulInvoiceCount", "failedInvoiceCount")
SEND = "/sessions/online/{referenceNumber}/invoices"
CLOSE = "/sessions/online/{referenceNumber}/close"
INVOICE = "/sessions/{referenceNumber}/invoices/{invoiceReferenceNumber}"
UNKNOWN_SESSION = "20250925-SO-2F67776000-97273B191A-65"


def opened(world, ask=None, form=FA_3, **changes):
    """An open session: the answer, and its key."""
    key, encryption = world.encryption(**changes)
    answer = (ask or world.ask)(
        "POST", "/sessions/online", json={"formCode": form, "encryption": encryption}
    )
    if answer.status == 201 and (ask is None or ask.context == world.ask.context):
        # Whoever opened it, the taxpayer itself may close it. Strangers close their own.
        reference = answer.json["referenceNumber"]
        world.afterwards(f"session {reference}", lambda: _close(world.ask, reference))
    return answer, key


def _close(ask, reference):
    answer = ask("POST", CLOSE, reference)
    return None if answer.refuses(21180) else answer


def settled(world, session, invoice):
    """The status of an invoice when it is final."""
    return world.invoice_over(session, invoice)


def ending(world, document=None, **changes):
    """A session with one invoice, or none, closed and over: its status document."""
    answer, key = opened(world)
    reference = answer.json["referenceNumber"]
    if document is not None:
        world.ask("POST", SEND, reference, json=invoice_body(document, key, **changes))
    world.ask("POST", CLOSE, reference)
    return reference, world.session_over(reference)
