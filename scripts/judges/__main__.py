"""Lets all judges sit, or those that are named, and prints what each says.

Exit code: 0 when all passed, 1 when one failed, 77 when none failed but one could not sit. A
dispensable judge (ksef2, which needs Python 3.12) may be absent without changing it.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from scripts.failure import PipelineError
from scripts.judges import environment
from scripts.judges.clients import judge as clients
from scripts.judges.clients.front import MINISTRYS_NAME
from scripts.judges.generated_requests import judge as generated_requests
from scripts.judges.prism import judge as prism
from scripts.judges.verdicts import Verdict, show, skip


def _schemathesis() -> Verdict:
    return generated_requests.judge(environment.python("judges"))


def _ksef_client() -> Verdict:
    program = environment.python("judges") / "python"
    flow = (program, "-m", "scripts.judges.clients.ksef_client_flow")
    return clients.judge("ksef-client", flow, "ksef-client 0.20.0")


def _ksef2() -> Verdict:
    program = environment.python("judges-ksef2", (3, 12)) / "python"
    return clients.judge(
        "ksef2", [program, "-m", "scripts.judges.clients.ksef2_flow"], "ksef2 1.1.0", MINISTRYS_NAME
    )


def _ksef_client_js() -> Verdict:
    flow = str(Path(clients.__file__).with_name("ksef_client_js_flow.mjs"))
    version = "ksef-client 0.2.0 from npm"
    return clients.judge("ksef-client-js", ["node", flow], version, folder=environment.node())


def _ksef_client_ts() -> Verdict:
    flow = str(Path(clients.__file__).with_name("ksef_client_ts_flow.mjs"))
    version = "ksef-client-ts 0.10.0 from npm"
    command = ["node", flow]
    return clients.judge("ksef-client-ts", command, version, None, environment.node())


JUDGES: Mapping[str, Callable[[], Verdict]] = {
    "schemathesis": _schemathesis,
    "ksef-client": _ksef_client,
    "ksef2": _ksef2,
    "ksef-client-js": _ksef_client_js,
    "ksef-client-ts": _ksef_client_ts,
    prism.PROXY: lambda: prism.judge_flows(environment.node()),
    prism.CONTRACT_TESTS: lambda: prism.judge_contract_tests(environment.node()),
    prism.MOCK: lambda: prism.judge_mock(environment.node()),
}
#: It asks for a newer Python than the project, and the other clients do what it does.
DISPENSABLE = frozenset({"ksef2"})


def main() -> int:
    """Hear the judges in turn."""
    parser = argparse.ArgumentParser(prog="python -m scripts.judges", description=__doc__)
    parser.add_argument("judges", nargs="*", metavar="JUDGE", help=", ".join(JUDGES))
    wanted = parser.parse_args().judges or list(JUDGES)
    unknown = [name for name in wanted if name not in JUDGES]
    if unknown:
        parser.error(f"there is no judge {unknown[0]!r}; there are {', '.join(JUDGES)}")
    verdicts = []
    for name in wanted:
        print(f"-- {name}", flush=True)
        started = time.monotonic()
        try:
            verdicts.append(JUDGES[name]())
        except environment.Unavailable as reason:
            verdicts.append(skip(name, str(reason), dispensable=name in DISPENSABLE))
        except PipelineError as error:
            verdicts.append(Verdict(name, 0, "could not be set up", [str(error)]))
        print(f"   {verdicts[-1].line} ({time.monotonic() - started:.0f} s)", flush=True)
    return show(verdicts)


sys.exit(main())
