"""`ksef simulate`: a KSeF on this machine for as long as wanted."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from cyclopts import Parameter

from ksef_facade.cli.arguments import Flag
from ksef_facade.cli.settings import Settings
from ksef_facade.environments import SIMULATOR_PORT

if TYPE_CHECKING:
    from ksef_facade.simulator import Simulator

# A made-up company with a right checksum, so that the first token needs no thought.
EXAMPLE_NIP = "5691841324"

# Not an option: command lines are seen by everyone on a machine.
KEY_VARIABLE = "KSEF_SIMULATOR_KEY"
_HIGHEST_PORT = 65535


def simulate(
    *,
    port: int = SIMULATOR_PORT,
    limits: Literal["off", "contract", "x10"] = "off",
    nip: str = EXAMPLE_NIP,
    state: Path | None = None,
    quiet: Flag = False,
    host: str = "127.0.0.1",
    expose: Flag = False,
    public_url: str | None = None,
    settings: Annotated[Settings, Parameter(parse=False)],
) -> None:
    """Run a KSeF on this machine until Ctrl-C, and tell of each request.

    It listens on loopback only and forgets everything in the end, unless told otherwise. It needs
    the extra `simulator`. KSEF_SIMULATOR_KEY opens its control endpoints to other machines.

    Parameters
    ----------
    port
        Port to listen on; 0 takes a free one.
    limits
        Rate limits: none, those of the contract, or ten times as wide.
    nip
        Company that the first token is made for.
    state
        Folder to keep everything in, for the next time; made when it is not there.
    quiet
        Do not tell of requests.
    host
        Address to listen on.
    expose
        Let it be an address that other machines reach: they can do everything in this KSeF.
    public_url
        Where clients reach it, if not at that address: http:// or https:// and a name.
    """
    import sys
    import threading

    from ksef_facade.cli.arguments import BadArgument
    from ksef_facade.identifiers import Nip

    company = Nip.parse(nip)
    output = settings.output
    if not 0 <= port <= _HIGHEST_PORT:
        raise BadArgument(f"a port is a number from 0 to {_HIGHEST_PORT}")
    simulator = _open(host, port, state, expose, limits=limits, public_url=public_url)
    try:
        simulator.start()
    except OSError as error:
        raise BadArgument(f"port {port} cannot be listened on: {error.strerror}") from error
    try:
        if not quiet and not output.as_json:
            from ksef_facade.cli.terminal.request_log import RequestLog

            simulator.follow(RequestLog())
        token = simulator.issue_token(str(company))
        output.document({"base_url": simulator.base_url, "nip": str(company), "token": token})
        output.line("A KSeF runs on this machine until you press Ctrl-C. In another terminal:")
        output.line()
        output.line(f"  export KSEF_BASE_URL={simulator.base_url}")
        output.line(f"  export KSEF_TOKEN='{token}'", whole=True)
        output.line("  ksef sessions")
        output.line()
        sys.stdout.flush()
        threading.Event().wait()
    finally:
        _close(simulator)


def _open(host: str, port: int, state: Path | None, expose: bool, **options: Any) -> Simulator:
    from ksef_facade.cli.arguments import BadArgument
    from ksef_facade.simulator import Simulator, StateError

    key = os.environ.get(KEY_VARIABLE) or None
    try:
        return Simulator(
            host=host, port=port, state=state, expose=expose, control_key=key, **options
        )
    except (StateError, ValueError) as error:
        raise BadArgument(str(error)) from error


def _close(simulator: Simulator) -> None:
    from ksef_facade.errors import ConfigurationError
    from ksef_facade.simulator import StateError

    try:
        simulator.stop()
    except StateError as error:
        raise ConfigurationError(f"the last changes are lost: {error}") from error
