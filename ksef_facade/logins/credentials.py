"""Who logs in, and on whose behalf."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from attrs import field, frozen

from ksef_facade.errors import ConfigurationError
from ksef_facade.logins.contexts import Context, context_in_token, given_context
from ksef_facade.logins.ip_policy import AllowedIps

if TYPE_CHECKING:
    from ksef_facade.crypto.identities import SigningIdentity

_LONGEST_TOKEN: Final = 160
"""Contract schema `GenerateTokenResponse.token`: a KSeF token has at most 160 characters."""

SubjectKind: TypeAlias = Literal["certificate", "fingerprint"]
"""How KSeF recognises who signed: by what the certificate names, or by its fingerprint."""


@frozen(init=False)
class TokenAuth:
    """Login with a KSeF token, in the context of a taxpayer.

    A KSeF token usually names its context, so `nip` may be left out; a `nip` that is given is
    checked. The token is never part of `repr`.
    """

    token: str = field(repr=False)
    context: Context
    allowed_ips: AllowedIps | None

    def __init__(
        self,
        token: str,
        *,
        nip: str | None = None,
        internal_id: str | None = None,
        nip_vat_ue: str | None = None,
        peppol_id: str | None = None,
        allowed_ips: AllowedIps | None = None,
    ) -> None:
        """Take the token and, unless the token names it, exactly one kind of context.

        `allowed_ips` binds the access tokens of the login to addresses.

        Raises:
            ConfigurationError: empty or overlong token, no context, or more than one.
            InvalidIdentifier: the context fails its shape, or a NIP its checksum.
        """
        text = token.strip()
        if not text or len(text) > _LONGEST_TOKEN or not text.isascii() or not text.isprintable():
            raise ConfigurationError(
                f"a KSeF token is a printable text of 1 to {_LONGEST_TOKEN} characters; this one is not"
            )
        context = given_context(nip, internal_id, nip_vat_ue, peppol_id) or context_in_token(text)
        if context is None:
            raise ConfigurationError("the token does not name its context; pass nip=...")
        self.__attrs_init__(text, context, allowed_ips)


@frozen(init=False)
class CertificateAuth:
    """Login with a certificate: a document signed in XAdES, in the context of a taxpayer.

    Attributes:
        identity: certificate and private key, e.g. `SigningIdentity.from_pem(...)`.
        context: on whose behalf.
        subject: whether KSeF takes the signer from what the certificate names (NIP or PESEL), or
            from the certificate's fingerprint, to which rights were granted.
        allowed_ips: the addresses that access tokens are bound to, or `None`.
        verify_chain: whether KSeF shall check the issuer and revocation also where it otherwise
            takes self-signed certificates (contract `verifyCertificateChain`).
    """

    identity: SigningIdentity
    context: Context
    subject: SubjectKind
    allowed_ips: AllowedIps | None
    verify_chain: bool

    def __init__(
        self,
        identity: SigningIdentity,
        *,
        nip: str | None = None,
        internal_id: str | None = None,
        nip_vat_ue: str | None = None,
        peppol_id: str | None = None,
        subject: SubjectKind = "certificate",
        allowed_ips: AllowedIps | None = None,
        verify_chain: bool = False,
    ) -> None:
        """Take the identity and one kind of context; a certificate that names a NIP has one itself.

        Raises:
            ConfigurationError: no context, or more than one; another `subject`.
            InvalidIdentifier: the context fails its shape, or a NIP its checksum.
        """
        if subject not in ("certificate", "fingerprint"):
            raise ConfigurationError(f"subject is certificate or fingerprint, not {subject!r}")
        context = given_context(nip, internal_id, nip_vat_ue, peppol_id)
        if context is None and subject == "certificate" and identity.nip is not None:
            context = Context("Nip", identity.nip)
        if context is None:
            raise ConfigurationError("say on whose behalf the certificate logs in; pass nip=...")
        self.__attrs_init__(identity, context, subject, allowed_ips, verify_chain)


@frozen(init=False)
class AccessTokenAuth:
    """No login: tokens that another program got from KSeF. Neither is part of `repr`.

    The access token is used until KSeF refuses it. Then the refresh token, if given, brings another;
    without one the error says that the tokens must be got anew.
    """

    access_token: str = field(repr=False)
    context: Context
    refresh_token: str | None = field(repr=False)

    def __init__(
        self,
        access_token: str,
        *,
        nip: str | None = None,
        internal_id: str | None = None,
        nip_vat_ue: str | None = None,
        peppol_id: str | None = None,
        refresh_token: str | None = None,
    ) -> None:
        """Take the tokens and the context that they were made for.

        Raises:
            ConfigurationError: a token that cannot stand in a header, no context, or more than one.
            InvalidIdentifier: the context fails its shape, or a NIP its checksum.
        """
        given = [access_token.strip(), refresh_token.strip() if refresh_token is not None else None]
        for token in given:
            if token is not None and not (token.isascii() and token.isprintable() and token):
                raise ConfigurationError("an access or refresh token is a printable ASCII text")
        context = given_context(nip, internal_id, nip_vat_ue, peppol_id)
        if context is None:
            raise ConfigurationError("say which context the access token is for; pass nip=...")
        self.__attrs_init__(given[0] or "", context, given[1])


Credentials: TypeAlias = TokenAuth | CertificateAuth | AccessTokenAuth
"""Every way to log in that the client knows."""
