"""One suite of contract tests, two targets: the simulator, and the Ministry's TEST environment.

The checks are tests (`tests/contract/`), the facts they check stand in `tests/contract/facts.toml`;
here is what chooses the target, counts what was found, and writes the report.
"""
