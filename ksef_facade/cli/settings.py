"""What a command works with: which KSeF, in whose name, and how it reports."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from attrs import frozen

from ksef_facade.cli.logins.credential_choice import choose_credentials, variable
from ksef_facade.environments import Environment, environment
from ksef_facade.errors import KsefSystemWarning

if TYPE_CHECKING:
    from ksef_facade import Ksef
    from ksef_facade.cli.logins.profile import ProfileStore
    from ksef_facade.cli.terminal.output import Output
    from ksef_facade.logins.credentials import Credentials

ENVIRONMENT_VARIABLE = "KSEF_ENV"
BASE_URL_VARIABLE = "KSEF_BASE_URL"
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

        An option counts before a variable, and a variable before what `ksef login` has kept.
        Without any it is the simulator for a base URL on this machine, else TEST: production is
        never chosen by leaving something out. A base URL belongs to the environment that it was
        named with, and does not follow an `--env` that names another.
        """
        named = self._named()
        if self.base_url is not None:
            return environment(self.env or self._variable(ENVIRONMENT_VARIABLE), self.base_url)
        if self.env is not None and self.env != named.name:
            return environment(self.env)
        return named

    @property
    def profiles(self) -> ProfileStore:
        """What `ksef login` has kept."""
        from ksef_facade.cli.logins.profile import ProfileStore, profile_folder

        return ProfileStore(profile_folder(self.variables))

    def client(self, credentials: Credentials | None = None) -> Ksef:
        """A client for that KSeF, to be closed by the caller. No request is made.

        Args:
            credentials: how to log in; by default what the variables say, else what `ksef login`
                has kept.

        Raises:
            ConfigurationError: no login, no NIP, or an address that may not be used.
            InvalidIdentifier: the NIP is none.
        """
        from ksef_facade import Ksef

        chosen = self.environment()
        auth = credentials or choose_credentials(self.variables, self.profiles, chosen)
        return Ksef(
            chosen,
            auth=auth,
            retry_deadline=_LOCAL_PATIENCE if chosen.is_loopback else _PATIENCE,
            on_system_warning=self._pass_on,
        )

    def _named(self) -> Environment:
        name, base_url = self._variable(ENVIRONMENT_VARIABLE), self._variable(BASE_URL_VARIABLE)
        if name is None and base_url is None:
            kept = self.profiles.load_if_readable()
            if kept is not None:
                return kept.target()
        return environment(name, base_url)

    def client_without_login(self) -> Ksef:
        """A client for what needs no token, to be closed by the caller. No request is made.

        Raises:
            ConfigurationError: an address that may not be used.
        """
        from ksef_facade import Ksef

        chosen = self.environment()
        patience = _LOCAL_PATIENCE if chosen.is_loopback else _PATIENCE
        return Ksef(chosen, retry_deadline=patience, on_system_warning=self._pass_on)

    def _pass_on(self, warning: KsefSystemWarning) -> None:
        # Without its operation: what comes with every answer is said once.
        code = f"[{warning.code}] " if warning.code else ""
        self.output.remark_once(f"KSeF warns: {code}{warning.args[0]}")

    def _variable(self, name: str) -> str | None:
        return variable(self.variables, name)
