# Every task of the project. `make` alone lists them; each one sets up .venv by itself.

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
.DELETE_ON_ERROR:
# The steps of a task are few, each uses every core, and the tests' summary must come last.
.NOTPARALLEL:

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

# The first Python that is new enough; `make PYTHON=/path/to/python` overrides it.
ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11 python3.14 python3.15 python; do \
	$$python -c '$(ENOUGH)' >/dev/null 2>&1 && echo $$python && break; done)

# Two workers halve the time on two cores; `make test PYTEST_FLAGS=` runs the tests in one process.
# A file stays with one worker: the README's examples go on from one another.
PYTEST_FLAGS ?= -n 2 --dist loadfile
# What a step of `make test` says when it starts; after that it speaks up only when it fails.
SAY = @printf '%s\n' "-- $@"

.PHONY: help
help: ## list the tasks
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

$(READY): pyproject.toml requirements/dev.txt scripts/environment.sh
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and none is on PATH; install one, or name it: make PYTHON=/path/to/python" >&2; exit 1; }
	@echo "-- setting up $(VENV) with $$($(PYTHON) --version)"
	@sh scripts/environment.sh "$(PYTHON)" $(VENV)
	@touch $@

.PHONY: setup
setup: $(READY) ## make .venv with the project and all tools in it

.PHONY: demo
demo: $(READY) ## send invoices to a KSeF on this machine and save the receipts
	@$(BIN)/ksef demo

.PHONY: test
test: lint types imports check-generated unit ## run every check and all tests

.PHONY: lint
lint: $(READY) ## ruff: rules and format
	$(SAY)
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet . || { $(BIN)/ruff format --check . | head -20; exit 1; }

.PHONY: format
format: $(READY) ## let ruff format and mend what it can
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

.PHONY: types
types: $(READY) ## mypy, strict
	$(SAY)
	@$(BIN)/mypy --no-error-summary

.PHONY: imports
imports: $(READY) ## import-linter: data flows one way
	$(SAY)
	@$(BIN)/lint-imports --no-logo --no-cache > $(VENV)/imports.log 2>&1 || { cat $(VENV)/imports.log; exit 1; }

.PHONY: unit
unit: $(READY) ## pytest alone, README examples included
	$(SAY)
	@$(BIN)/pytest -q $(PYTEST_FLAGS)

.PHONY: spec
spec: $(READY) ## read a published contract into openapi/ (SPEC=path or https URL)
	@$(BIN)/python -m scripts.spec $(SPEC)

.PHONY: spec-diff
spec-diff: $(READY) ## what a new contract means to us (NEW=path or https URL; OLD=: the committed one)
	@$(BIN)/python -m scripts.spec_diff $(FORM) $(OLD) $(NEW)

.PHONY: generate
generate: $(READY) ## write generated/ksef_api, ksef_facade/_sync and what follows in docs/ anew
	@$(BIN)/python -m scripts.generate
	@$(BIN)/python -m scripts.docs.pages

.PHONY: spec-replay
spec-replay: $(READY) ## try published contracts: generate, serve, ask all (SPECS=folder or files)
	@$(BIN)/python -m scripts.replay $(SPECS)

.PHONY: spec-replay-futures
spec-replay-futures: $(READY) ## the same for contracts that were never published, made of the committed one
	@$(BIN)/python -m scripts.replay --futures

.PHONY: spec-replay-tests
spec-replay-tests: $(READY) ## the facade's own tests on the raw client of each contract (SPECS=folder or files)
	@$(BIN)/python -m scripts.replay --tests $(SPECS)

.PHONY: public-api
public-api: $(READY) ## record the public names anew; what goes or changes must be announced first
	@$(BIN)/python -m scripts.public_api --record

.PHONY: fuzz-responses
fuzz-responses: $(READY) ## change 100,000 answers of the service; each must give a value or a KsefError
	@$(BIN)/python -m scripts.fuzz_responses

.PHONY: check-generated
check-generated: $(READY) ## fail where the generated code is not what `make generate` writes
	$(SAY)
	@$(BIN)/python -m scripts.check_generated

.PHONY: contract
contract: $(READY) ## check every protocol fact against the simulator (TARGET=test: against TEST)
	@$(BIN)/python -m scripts.contract_tests "$(TARGET)"

.PHONY: test-pythons
test-pythons: $(READY) ## run the tests on every Python from 3.11 on that this machine has
	@$(BIN)/python -m scripts.test_pythons

.PHONY: chaos-archive
chaos-archive: $(READY) ## kill syncs of 200 sessions 500 times and compare the archives (KILLS=, SEED=)
	@$(BIN)/python -m scripts.chaos_archive $(if $(KILLS),--kills $(KILLS)) $(if $(SEED),--seed $(SEED))

.PHONY: chaos-send
chaos-send: $(READY) ## send in 1,000 runs with faults and kills, and count doubles (RUNS=, SEED=)
	@$(BIN)/python -m scripts.chaos_send $(if $(RUNS),--runs $(RUNS)) $(if $(SEED),--seed $(SEED))

.PHONY: bench
bench: $(READY) ## measure what the project promises to be fast or small
	@$(BIN)/python -m benchmarks

.PHONY: judges
judges: $(READY) ## let judges of others' making try the simulator and the facade (JUDGES=names of some)
	@$(BIN)/python -m scripts.judges $(JUDGES)

.PHONY: docs
docs: $(READY) ## build the documentation into build/docs, and check it
	@$(BIN)/python -m scripts.docs

.PHONY: build
build: $(READY) ## build the wheel into dist/
	@rm -rf dist
	@$(BIN)/hatchling build --target wheel

.PHONY: wheel-check
wheel-check: build ## install the wheel in an empty environment and run `ksef demo` there
	@rm -rf .venvs/wheel
	@$(BIN)/python -m venv .venvs/wheel
	@.venvs/wheel/bin/python -m pip install --quiet --disable-pip-version-check "$$(ls dist/*.whl)[all]"
	@.venvs/wheel/bin/ksef demo --to .venvs/wheel/receipts

.PHONY: lock
lock: $(READY) ## pin the tools in requirements/ anew (needs uv)
	@uv pip compile --quiet --upgrade --universal --python-version 3.11 --all-extras \
		--no-header --no-emit-index-url --no-emit-find-links \
		--output-file requirements/dev.txt pyproject.toml requirements/dev.in
	@uv pip compile --quiet --upgrade --universal --python-version 3.11 \
		--no-header --no-emit-index-url --no-emit-find-links \
		--output-file requirements/judges.txt requirements/judges.in
	@uv pip compile --quiet --upgrade --universal --python-version 3.11 \
		--no-header --no-emit-index-url --no-emit-find-links \
		--output-file requirements/docs.txt requirements/docs.in

.PHONY: clean
clean: ## remove environments, caches and results
	@rm -rf .venv .venvs .generator build dist ksef-demo-receipts .hypothesis
	@rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
