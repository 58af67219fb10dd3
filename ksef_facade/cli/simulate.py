"""`ksef simulate`: a KSeF on this machine for as long as wanted."""

from __future__ import annotations

from typing import Annotated, Literal

from cyclopts import Parameter

from ksef_facade.cli.settings import Settings
from ksef_facade.environments import SIMULATOR_PORT

# A made-up company with a right checksum, so that the first token needs no thought.
EXAMPLE_NIP = "5691841324"

_HIGHEST_PORT = 65535


def simulate(
    *,
    port: int = SIMULATOR_PORT,
    limits: Literal["off", "contract", "x10"] = "off",
    nip: str = EXAMPLE_NIP,
    settings: Annotated[Settings, Parameter(parse=False)],
) -> None:
    """Run a KSeF on this machine until Ctrl-C. It listens on loopback only and forgets everything.

    It needs the extra `simulator`.

    Parameters
    ----------
    port
        Port to listen on; 0 takes a free one.
    limits
        Rate limits: none, those of the contract, or ten times as wide.
    nip
        Company that the first token is made for.
    """
    import sys
    import threading

    from ksef_facade.cli.arguments import BadArgument
    from ksef_facade.identifiers import Nip
    from ksef_facade.simulator import Simulator

    company = Nip.parse(nip)
    output = settings.output
    if not 0 <= port <= _HIGHEST_PORT:
        raise BadArgument(f"a port is a number from 0 to {_HIGHEST_PORT}")
    simulator = Simulator(port=port, limits=limits)
    try:
        simulator.start()
    except OSError as error:
        raise BadArgument(f"port {port} cannot be listened on: {error.strerror}") from error
    try:
        token = simulator.issue_token(str(company))
        output.document({"base_url": simulator.base_url, "nip": str(company), "token": token})
        output.line("A KSeF runs on this machine until you press Ctrl-C. In another terminal:")
        output.line()
        output.line(f"  export KSEF_BASE_URL={simulator.base_url}")
        output.line(f"  export KSEF_TOKEN='{token}'", whole=True)
        output.line("  ksef sessions")
        sys.stdout.flush()
        threading.Event().wait()
    except KeyboardInterrupt:
        output.remark("stopped")
    finally:
        simulator.stop()
