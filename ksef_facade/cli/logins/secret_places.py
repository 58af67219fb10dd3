"""Where secrets come from and where they are kept: prompt, file, keyring; never the command line."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ksef_facade.cli.arguments import BadArgument
from ksef_facade.environments import ENVIRONMENTS
from ksef_facade.errors import ConfigurationError

if TYPE_CHECKING:
    from ksef_facade.cli.logins.profile import LoginProfile, ProfileStore

NEVER_AS_ARGUMENT: Final = (
    "a token or password is never taken from the command line, where the shell's history and every user "
    "of this machine see it; leave it out to be asked, or use --token-file, --password-file or a variable"
)
_SERVICE: Final = "ksef-facade"
_FILE: Final = "secret"
# A KSeF token has 160 characters at most, and no password is of this length.
_LONGEST: Final = 4096
_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def ask(what: str) -> str:
    """What a person types, without showing it.

    Raises:
        BadArgument: nobody is there to be asked.
    """
    from getpass import getpass

    if not sys.stdin.isatty():
        raise BadArgument(f"{what} is needed and nobody can be asked for it: there is no terminal")
    return getpass(f"{what}: ")


def read_secret(path: Path) -> str:
    """The one line in a file, or on standard input for `-`.

    Raises:
        BadArgument: it has more than one line, none, or far too much.
        OSError: it cannot be read.
    """
    if str(path) == "-":
        content = sys.stdin.buffer.read(_LONGEST + 1)
    else:
        with path.open("rb") as file:
            content = file.read(_LONGEST + 1)
    try:
        text = content.decode("utf-8").strip("\r\n")
    except UnicodeDecodeError:
        text = ""
    if not text or len(content) > _LONGEST or "\n" in text:
        raise BadArgument(f"{path} must hold the secret and nothing else, on one line")
    return text


def is_open_to_others(path: Path) -> bool:
    """Whether others than the owner may read a file; where there is no such thing, they may not."""
    return os.name == "posix" and bool(path.stat().st_mode & _OTHERS)


def keyring_works() -> bool:
    """Whether the extra is installed and this machine has a keyring that keeps something."""
    try:
        import keyring
    except ImportError:
        return False
    try:
        return float(keyring.get_keyring().priority) > 0
    except RuntimeError:
        return False


def keep_secret(secret: str, profile: LoginProfile, store: ProfileStore) -> None:
    """Put a secret where the profile says that it is.

    Raises:
        ConfigurationError: the keyring refused it.
        OSError: the file cannot be written.
    """
    from ksef_facade.store.files import PRIVATE, write_atomically

    if profile.secret == "keyring":
        import keyring
        from keyring.errors import KeyringError

        try:
            keyring.set_password(_SERVICE, keyring_entry(profile), secret)
        except KeyringError as error:
            raise ConfigurationError(f"the keyring did not take it: {error}") from None
        if keyring.get_password(_SERVICE, keyring_entry(profile)) != secret:
            raise ConfigurationError("the keyring of this machine keeps nothing; try --store file")
    elif profile.secret == "file":
        store.make_folder()
        # Written anew, so that an older file's rights do not live on.
        (store.folder / _FILE).unlink(missing_ok=True)
        write_atomically(store.folder / _FILE, secret.encode(), overwrite=True, mode=PRIVATE)


def kept_secret(profile: LoginProfile, store: ProfileStore) -> str | None:
    """The secret of a kept login; `None` when it has none.

    Raises:
        ConfigurationError: it is not there any more, or others may read the file that we wrote.
    """
    if profile.secret == "keyring":
        return _from_keyring(profile)
    if profile.secret == "nowhere":
        return None
    path = store.folder / _FILE if profile.secret == "file" else Path(profile.secret_path or "")
    try:
        if profile.secret == "file" and is_open_to_others(path):
            raise ConfigurationError(f"others may read {path}; run ksef login again")
        return read_secret(path)
    except OSError as error:
        raise ConfigurationError(
            f"the secret in {path} cannot be read ({error.strerror}); run ksef login again"
        ) from None


def forget_secret(profile: LoginProfile, store: ProfileStore) -> None:
    """Remove a secret that we keep; a file of the user's own stays."""
    if profile.secret == "file":
        (store.folder / _FILE).unlink(missing_ok=True)
    if profile.secret == "keyring":
        import keyring
        from keyring.errors import KeyringError, PasswordDeleteError

        try:
            keyring.delete_password(_SERVICE, keyring_entry(profile))
        except PasswordDeleteError:
            return
        except KeyringError as error:
            raise ConfigurationError(f"the keyring did not forget the secret: {error}") from None


def same_place(one: LoginProfile, other: LoginProfile) -> bool:
    """Whether the secrets of two logins are in one place, so that the later replaced the earlier."""
    if one.secret != other.secret:
        return False
    return one.secret != "keyring" or keyring_entry(one) == keyring_entry(other)


def keyring_entry(profile: LoginProfile) -> str:
    """The name of the entry in the keyring, under the service `ksef-facade`."""
    known = ENVIRONMENTS.get(profile.environment)
    usual = known is not None and known.base_url == profile.base_url
    place = profile.environment if usual else profile.base_url
    return f"{profile.method} {place} {profile.context}"


def _from_keyring(profile: LoginProfile) -> str:
    import keyring
    from keyring.errors import KeyringError

    try:
        secret = keyring.get_password(_SERVICE, keyring_entry(profile))
    except KeyringError as error:
        raise ConfigurationError(f"the keyring cannot be opened: {error}") from None
    if secret is None:
        raise ConfigurationError(
            f"the keyring has no entry {keyring_entry(profile)!r} of {_SERVICE}; run ksef login again"
        )
    return secret
