"""The operations that the facade uses, by (METHOD, shape), and what it cannot do without in each."""

from __future__ import annotations

from typing import Final

Key = tuple[str, str]

PUBLIC_KEYS: Final = ("GET", "/security/public-key-certificates")
CHALLENGE: Final = ("POST", "/auth/challenge")
TOKEN_LOGIN: Final = ("POST", "/auth/ksef-token")
XADES_LOGIN: Final = ("POST", "/auth/xades-signature")
LOGIN_STATUS: Final = ("GET", "/auth/{}")
REDEEM: Final = ("POST", "/auth/token/redeem")
REFRESH: Final = ("POST", "/auth/token/refresh")
LOGINS: Final = ("GET", "/auth/sessions")
END_LOGIN: Final = ("DELETE", "/auth/sessions/{}")
LEAVE: Final = ("DELETE", "/auth/sessions/current")
HISTORY: Final = ("GET", "/sessions")
SESSION: Final = ("GET", "/sessions/{}")
INVOICES: Final = ("GET", "/sessions/{}/invoices")
FAILED: Final = ("GET", "/sessions/{}/invoices/failed")
INVOICE: Final = ("GET", "/sessions/{}/invoices/{}")
UPO_PAGE: Final = ("GET", "/sessions/{}/upo/{}")
UPO_BY_NUMBER: Final = ("GET", "/sessions/{}/invoices/ksef/{}/upo")
UPO_BY_INVOICE: Final = ("GET", "/sessions/{}/invoices/{}/upo")
OPEN: Final = ("POST", "/sessions/online")
SEND: Final = ("POST", "/sessions/online/{}/invoices")
CLOSE: Final = ("POST", "/sessions/online/{}/close")
OPEN_BATCH: Final = ("POST", "/sessions/batch")
CLOSE_BATCH: Final = ("POST", "/sessions/batch/{}/close")

LOGIN: Final = (PUBLIC_KEYS, CHALLENGE, TOKEN_LOGIN, LOGIN_STATUS, REDEEM)
CERTIFICATE_LOGIN: Final = (CHALLENGE, XADES_LOGIN, LOGIN_STATUS, REDEEM)
UPOS: Final = (UPO_PAGE, UPO_BY_NUMBER, UPO_BY_INVOICE)
LISTS: Final[dict[Key, str]] = {
    LOGINS: "items",
    HISTORY: "sessions",
    INVOICES: "invoices",
    FAILED: "invoices",
}
ALL: Final = (
    *LOGIN,
    XADES_LOGIN,
    REFRESH,
    LOGINS,
    END_LOGIN,
    LEAVE,
    HISTORY,
    SESSION,
    INVOICES,
    FAILED,
    INVOICE,
    *UPOS,
    OPEN,
    SEND,
    CLOSE,
    OPEN_BATCH,
    CLOSE_BATCH,
)

WITH_BODY: Final = (TOKEN_LOGIN, XADES_LOGIN, OPEN, SEND, OPEN_BATCH)
"""Operations that are nothing without what is sent."""

SPINE: Final[dict[Key, tuple[str, ...]]] = {
    PUBLIC_KEYS: ("certificate", "usage"),
    CHALLENGE: ("challenge",),
    TOKEN_LOGIN: ("referenceNumber", "authenticationToken.token"),
    XADES_LOGIN: ("referenceNumber", "authenticationToken.token"),
    LOGIN_STATUS: ("status.code",),
    REDEEM: ("accessToken.token",),
    REFRESH: ("accessToken.token",),
    LOGINS: ("items", "items.referenceNumber", "items.status.code"),
    HISTORY: ("sessions", "sessions.referenceNumber", "sessions.status.code"),
    SESSION: ("status.code",),
    INVOICES: ("invoices", "invoices.referenceNumber", "invoices.status.code"),
    FAILED: ("invoices", "invoices.referenceNumber", "invoices.status.code"),
    INVOICE: ("status.code",),
    OPEN: ("referenceNumber",),
    SEND: ("referenceNumber",),
    OPEN_BATCH: (
        "referenceNumber",
        "partUploadRequests.ordinalNumber",
        "partUploadRequests.url",
    ),
}
"""What an answer must hold for the facade to go on from it: identifiers, tokens, `status.code`."""


def lacks(payload: object, path: str) -> bool:
    """Whether a payload has nothing under a path; lists are seen through, an empty one lacks it.

    A text is its own token: contracts differ in whether one is wrapped.
    """
    nodes = [payload]
    for name in path.split("."):
        nodes = [row for node in nodes for row in (node if isinstance(node, list) else [node])]
        plain = [node for node in nodes if isinstance(node, str) and name == "token"]
        nodes = [*(node.get(name) for node in nodes if isinstance(node, dict)), *plain]
        if not nodes or any(node is None for node in nodes):
            return True
    return False
