"""What a command works with: which KSeF, in whose name, and how it reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from attrs import frozen

from ksef_facade.environments import Environment, environment
from ksef_facade.errors import ConfigurationError, KsefSystemWarning

if TYPE_CHECKING:
    from ksef_facade import Ksef
    from ksef_facade.cli.output import Output

ENVIRONMENT_VARIABLE = "KSEF_ENV"
BASE_URL_VARIABLE = "KSEF_BASE_URL"
TOKEN_VARIABLE = "KSEF_TOKEN"
NIP_VARIABLE = "KSEF_NIP"
# Seconds that a failing request is tried for. A person watches; and on this machine nothing that
# fails is about to mend itself.
_PATIENCE = 60.0
_LOCAL_PATIENCE = 1.0


@frozen(kw_only=True)
class Settings:
    """The global options of one call of `ksef`, and the variables; checked when used."""

    variables: Mapping[str, str]
    output: Output
    env: str | None = None
    base_url: str | None = None

    def environment(self) -> Environment:
        """Which KSeF is meant.

        An option counts before a variable. Without either it is the simulator for a base URL on
        this machine, else TEST: production is never chosen by leaving something out.
        `KSEF_BASE_URL` belongs to the environment that the variables name, and does not follow an
        `--env` that names another.
        """
        named = environment(self._variable(ENVIRONMENT_VARIABLE), self._variable(BASE_URL_VARIABLE))
        if self.base_url is not None:
            return environment(self.env or self._variable(ENVIRONMENT_VARIABLE), self.base_url)
        if self.env is not None and self.env != named.name:
            return environment(self.env)
        return named

    def client(self) -> Ksef:
        """A client for that KSeF, to be closed by the caller. No request is made.

        Raises:
            ConfigurationError: no token, no NIP, or an address that may not be used.
            InvalidIdentifier: the NIP is none.
        """
        from ksef_facade import Ksef, TokenAuth

        chosen = self.environment()
        token = self._variable(TOKEN_VARIABLE)
        if not token:
            raise ConfigurationError(
                f"no KSeF token for {chosen.name} is configured; put it into {TOKEN_VARIABLE}"
            )
        nip = self._variable(NIP_VARIABLE)
        # A token of KSeF holds its context between bars, unless it was made elsewhere.
        if not nip and "|" not in token:
            raise ConfigurationError(
                f"the token does not say for whom it acts; put that NIP into {NIP_VARIABLE}"
            )
        return Ksef(
            chosen,
            auth=TokenAuth(token, nip=nip),
            retry_deadline=_LOCAL_PATIENCE if chosen.is_loopback else _PATIENCE,
            on_system_warning=self._pass_on,
        )

    def _pass_on(self, warning: KsefSystemWarning) -> None:
        self.output.remark(f"KSeF warns: {warning}")

    def _variable(self, name: str) -> str | None:
        return self.variables.get(name, "").strip() or None
