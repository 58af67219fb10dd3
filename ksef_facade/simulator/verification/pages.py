"""The pages that KOD I and KOD II lead to. Their words and looks are our own: no source tells
those of the Ministry's pages.
"""

from __future__ import annotations

import html
from collections.abc import Iterable

from attrs import define

from ..clock import Clock
from ..messages import Request, Response
from ..sessions.register import SessionRegister
from ..sessions.state import Invoice
from .links import CertificateLink, InvoiceLink, read_certificate_link, read_invoice_link
from .proofs import Proofs

#: By how paths begin: what the list of requests calls them.
_TEMPLATES = {"/invoice/": "/invoice/{link}", "/certificate/": "/certificate/{link}"}
_METHODS = ("GET", "HEAD")
_HEADERS = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
}
_STYLE = "body{font:16px/1.5 sans-serif;max-width:42em;margin:3em auto;padding:0 1em}"


@define
class VerificationPages:
    """Serves `/invoice/...` and `/certificate/...`: no token, no limit, no part of `/v2`."""

    clock: Clock
    sessions: SessionRegister
    proofs: Proofs

    def template(self, path: str) -> str | None:
        """Which page a path is of; None if of none."""
        beginning = f"/{path[1:].partition('/')[0]}/"
        return _TEMPLATES.get(beginning)

    def serve(self, request: Request) -> Response:
        """A page that says what was found; 404 for a link that is none."""
        if request.method not in _METHODS:
            return Response(405, {"allow": ", ".join(_METHODS)})
        invoice = read_invoice_link(request.path)
        if invoice is not None:
            return self._show_invoice(invoice)
        certificate = read_certificate_link(request.path)
        if certificate is not None:
            return self._show_proof(certificate, request.origin.partition("://")[2])
        return _page(404, "This is no link of an invoice's code", ())

    def _show_invoice(self, link: InvoiceLink) -> Response:
        found = self._find(link)
        if found is None:
            return _page(200, "There is no such invoice in KSeF", _facts(link.seller, link.hash))
        facts = [
            ("KSeF number", found.ksef_number or ""),
            ("number", found.number or ""),
            ("date of issue", link.issued),
            *_facts(link.seller, link.hash),
        ]
        return _page(200, "The invoice is in KSeF", facts)

    def _find(self, link: InvoiceLink) -> Invoice | None:
        now = self.clock.now()
        for session in self.sessions.everything():
            for invoice in session.accepted:
                known = (invoice.hash, invoice.seller, invoice.issued)
                if known == (link.hash, link.seller, link.issued) and invoice.decided <= now:
                    return invoice
        return None

    def _show_proof(self, link: CertificateLink, site: str) -> Response:
        checks = self.proofs.check(link, site)
        holds = all(passed for _, passed in checks)
        facts = [
            *((sentence, "yes" if passed else "no") for sentence, passed in checks),
            ("certificate", link.serial),
            ("context", f"{link.context.kind} {link.context.value}"),
            *_facts(link.seller, link.hash),
        ]
        verdict = "The issuer is confirmed" if holds else "The issuer is not confirmed"
        return _page(200, verdict, facts)


def _facts(seller: str, hash_: str) -> list[tuple[str, str]]:
    return [("seller", seller), ("hash of the invoice", hash_)]


def _page(status: int, verdict: str, facts: Iterable[tuple[str, str]]) -> Response:
    rows = "".join(f"<dt>{html.escape(name)}<dd>{html.escape(value)}" for name, value in facts)
    title = html.escape(verdict)
    text = (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style><h1>{title}</h1><dl>{rows}</dl>"
        "<p>A KSeF simulator says so; it has no legal meaning.</p></html>\n"
    )
    return Response(status, _HEADERS, text.encode())
