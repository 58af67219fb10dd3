"""Whether a context may issue a seller's invoice: as the seller, or on its behalf."""

from __future__ import annotations

from ..taxpayers import Taxpayers
from .invoices import Facts
from .state import Session

#: Roles of the authorised party (schema FA(3), TRolaPodmiotuUpowaznionego): an enforcement
#: authority and a bailiff, and a tax representative.
_ENFORCERS = (1, 2)
_TAX_REPRESENTATIVE = 3


def may_issue(facts: Facts, session: Session, taxpayers: Taxpayers) -> bool:
    """Whether an invoice is the session's context's own to issue.

    A taxpayer issues its own, in its units and on behalf of entities of the Union too; others
    need the seller's authorisation of the kind that the invoice says it was issued by, a role, or
    a place in the seller's VAT group or unit of local government (documented rules).
    """
    context = session.context
    if context.kind == "PeppolId":
        return session.form.layout == "UBL" and taxpayers.may_issue_for(
            facts.seller, context, "PefInvoicing"
        )
    return (
        facts.seller == context.nip
        or taxpayers.are_related(facts.seller, context)
        or _is_buyer_authorised(facts, session, taxpayers)
        or _is_third_authorised(facts, session, taxpayers)
    )


def _is_buyer_authorised(facts: Facts, session: Session, taxpayers: Taxpayers) -> bool:
    context, particulars = session.context, facts.particulars
    if context.nip is None or facts.buyer != context.nip:
        return False
    if session.form.layout == "RR":
        # A flat-rate farmer's invoice is the buyer's to issue.
        return taxpayers.may_issue_for(facts.seller, context, "RRInvoicing")
    if particulars is None or not particulars.is_self_invoiced:
        return False
    return taxpayers.may_issue_for(facts.seller, context, "SelfInvoicing")


def _is_third_authorised(facts: Facts, session: Session, taxpayers: Taxpayers) -> bool:
    context = session.context
    party = facts.particulars.authorised if facts.particulars is not None else None
    if party is None or context.nip is None or (party.kind, party.value) != ("Nip", context.nip):
        return False
    if party.role == _TAX_REPRESENTATIVE:
        return taxpayers.may_issue_for(facts.seller, context, "TaxRepresentative")
    return party.role in _ENFORCERS and taxpayers.may_enforce(context)
