"""What is served beside the API to everybody: the contract, and the pages behind codes on invoices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define

from . import documentation
from .journal import Journal
from .messages import Request, Response
from .settings import Settings
from .verification.pages import VerificationPages
from .verification.proofs import Proofs

if TYPE_CHECKING:
    from .core import Core


@define
class OpenPages:
    """Serves without tokens and limits."""

    settings: Settings
    journal: Journal
    verification: VerificationPages

    @classmethod
    def of(cls, core: Core) -> OpenPages:
        """The pages of a simulator."""
        proofs = Proofs(core.clock, core.certificates, core.standing, core.taxpayers)
        pages = VerificationPages(core.clock, core.sessions, proofs)
        return cls(core.settings, core.journal, pages)

    def serve(self, request: Request) -> Response | None:
        """The answer to a request for such a page; None if it is for none."""
        template = self.verification.template(request.path)
        if template is not None:
            response = self.verification.serve(request)
        elif request.path == documentation.PATH:
            template = documentation.PATH
            response = documentation.serve(request, self.settings.contract)
        else:
            return None
        self.journal.record(request, template, response.status)
        return response
