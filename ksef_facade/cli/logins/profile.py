"""What `ksef login` keeps for later commands: which KSeF, in whose name, and where the secret is.

The secret itself is never in it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

from attrs import asdict, field, frozen

from ksef_facade.environments import Environment, environment
from ksef_facade.errors import ConfigurationError
from ksef_facade.logins.contexts import Context

FOLDER_VARIABLE = "KSEF_CONFIG"
"""Folder for what `ksef login` keeps, in place of the one of the user's settings."""
_FORMAT = 1
_FILE = "login.json"

SecretPlace = Literal["keyring", "file", "path", "nowhere"]
"""Where the token, or the password of the key, is: in the system's keyring, in a file of ours that
only its owner may read, in a file of the user's own, or nowhere."""


def _texts(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(values)


@frozen(kw_only=True)
class LoginProfile:
    """One login to come back to. Paths are absolute."""

    environment: str
    base_url: str
    context_type: str
    context_value: str
    method: Literal["token", "certificate"]
    certificate: str | None = None
    key: str | None = None
    subject: Literal["certificate", "fingerprint"] = "certificate"
    allowed_ips: tuple[str, ...] = field(default=(), converter=_texts)
    secret: SecretPlace = "nowhere"
    secret_path: str | None = None

    @property
    def context(self) -> Context:
        """On whose behalf."""
        return Context(self.context_type, self.context_value)

    def target(self) -> Environment:
        """Which KSeF.

        Raises:
            ConfigurationError: the kept address may not be used.
        """
        return environment(self.environment, self.base_url)

    def is_for(self, chosen: Environment) -> bool:
        """Whether the login is for this KSeF; a secret must not go to another."""
        return (chosen.name, chosen.base_url) == (self.environment, self.base_url)


class ProfileStore:
    """The one kept login of a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / _FILE

    def load(self) -> LoginProfile | None:
        """The kept login; `None` when there is none.

        Raises:
            ConfigurationError: the file is not what `ksef login` writes.
        """
        try:
            document = json.loads(self.path.read_bytes())
        except FileNotFoundError:
            return None
        except OSError as error:
            raise ConfigurationError(f"{self.path} cannot be read: {error.strerror}") from None
        except ValueError:
            document = None
        try:
            if document.pop("format") != _FORMAT:
                raise ValueError
            return LoginProfile(**document)
        except (AttributeError, KeyError, TypeError, ValueError):
            raise ConfigurationError(
                f"{self.path} is not what this version of ksef login writes; run ksef login again"
            ) from None

    def load_if_readable(self) -> LoginProfile | None:
        """The kept login, or `None` also where the file makes no sense: it is to be replaced."""
        try:
            return self.load()
        except ConfigurationError:
            return None

    def save(self, profile: LoginProfile) -> None:
        """Keep a login in place of the one before; only the owner may read it.

        Raises:
            OSError: the folder cannot be made or written.
        """
        from ksef_facade.store.files import PRIVATE, write_atomically

        self.make_folder()
        document: dict[str, Any] = {"format": _FORMAT, **asdict(profile)}
        content = json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n"
        write_atomically(self.path, content, overwrite=True, mode=PRIVATE)

    def make_folder(self) -> None:
        """Make the folder, for its owner only."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def forget(self) -> None:
        """Remove the kept login, if there is one."""
        self.path.unlink(missing_ok=True)


def profile_folder(variables: Mapping[str, str]) -> Path:
    """The folder that the variable names, or that of the user's settings."""
    named = variables.get(FOLDER_VARIABLE, "").strip()
    if named:
        return Path(os.path.abspath(named))
    from platformdirs import user_config_path

    return user_config_path("ksef-facade", appauthor=False)
