# Derived from ksef_facade/_async/logins/client_methods.py by scripts/derive_sync.py; do not edit.
"""The client's methods for its logins; the class takes them over as its own.

What they need is loaded when they are called, so that a client that asks for none of it does not pay
for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ksef_facade.answers.pages import LARGEST_AUTH_PAGE
from ksef_facade.identifiers import AuthReference

if TYPE_CHECKING:
    from ksef_facade._sync.client import Ksef
    from ksef_facade._sync.pager import Pager
    from ksef_facade.models.logins import AuthSession


def auth_sessions(self: Ksef, page_size: int = LARGEST_AUTH_PAGE) -> Pager[AuthSession]:
    """The logins of the same subject and context that can still get access tokens, newest first.

    Cost: 1 request of group `other` (120 an hour) for each page of 10 to 100. Source: contract
    `GET /auth/sessions`.

    Raises:
        ConfigurationError: `page_size` is out of bounds; no request was made.
        KsefError: while iterating; `continuation_token` is on the error.
    """
    from ksef_facade._sync.logins.auth_sessions import list_auth_sessions

    return list_auth_sessions(self._caller, page_size)


def end_auth_session(self: Ksef, reference: str | AuthSession) -> None:
    """End a login: it gets no access token any more; those it has live on for minutes.

    Cost: 1 request of group `other`. Source: contract `DELETE
    /auth/sessions/{referenceNumber}`.

    Raises:
        InvalidIdentifier: the text is not an authentication reference (AU).
        BadRequest: KSeF knows no such login of this subject and context.
    """
    from ksef_facade._sync.logins.auth_sessions import end_listed
    from ksef_facade.models.logins import AuthSession

    text = reference.reference_number if isinstance(reference, AuthSession) else reference
    end_listed(self._caller, AuthReference.of(text))


def log_in(self: Ksef) -> None:
    """Log in now instead of with the first call that needs it; nothing when that was done.

    Cost: 4 requests or more of group `anonymous`.

    Raises:
        AuthenticationFailed: the login was refused; `reason` and `advice` say why.
        ConfigurationError: the client was made without `auth`, or the certificate is not valid.
    """
    self._caller.authenticator.token()


def log_out(self: Ksef) -> None:
    """End this client's own login and forget its tokens; the next call that needs one logs in.

    Cost: 1 request of group `other`, none without a login. Source: contract `DELETE
    /auth/sessions/current`.
    """
    from ksef_facade._sync.logins.auth_sessions import leave

    leave(self._caller)
