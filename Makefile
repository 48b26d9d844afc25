# Everything runs in .venv, which `make setup` makes and every other target keeps up to date.

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-slow check bench soak crash coverage fuzz fuzz-long fuzz-parsers swarm format requirements

# The first Python that is new enough, found by running it: a name on the PATH may be a mere stub.
PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3; do \
	"$$python" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' \
		>/dev/null 2>&1 && echo "$$python" && break; done)

BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
COMPILE := $(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --universal --python-version 3.11

# A thousand modules are read by every process that a test starts: half of its time if none of them
# may be kept as it was compiled.
export PYTHONDONTWRITEBYTECODE :=
# One more than there are processors: some tests wait, for a timeout or for a disk.
WORKERS ?= $$($(BIN)/python -c 'import os; print((os.cpu_count() or 1) + 1)')

help: ## Say what can be made
	@sed -nE 's/^([a-z-]+):[^#]*## (.*)/  make \1\t\2/p' Makefile | expand -t 22

setup: .venv/.installed ## Make .venv, with Seatrial and everything to work on it

.venv/.installed: pyproject.toml requirements/dev.txt
	@$(BIN)/python -c '' 2>/dev/null || { \
		test -n "$(PYTHON)" || { \
			echo 'Seatrial needs Python 3.11 or newer: make setup PYTHON=/path/to/python' >&2; exit 1; }; \
		echo 'Making .venv with $(PYTHON): this takes a minute, once'; \
		"$(PYTHON)" -m venv --clear .venv; }
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

demo: setup ## Show a sea trial: a server, an integration, a few days in seconds
	@$(BIN)/seatrial demo

test: setup ## Run the tests
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -q -m 'not slow'

test-slow: setup ## Run what `make test` has no time for: programs that start, every example and every case
	$(BIN)/python -m pytest -q -m slow
	THOROUGH=1 $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal -q -m 'not slow' $(shell grep -rlE '(examples|chosen)\(' tests --include='test_*.py')

check: setup ## Check format, style, types and imports, then run the tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@$(MAKE) --no-print-directory test

bench: setup ## Measure; ONLY=simulation picks some, JSON=1 prints a line of JSON each
	@ONLY='$(ONLY)' JSON='$(JSON)' $(BIN)/python tests/bench/run.py

soak: setup ## Call everything REQUESTS (1000000) times, or for SECONDS, and see whether memory stays flat
	@REQUESTS='$(REQUESTS)' SECONDS='$(SECONDS)' LIMITS='$(LIMITS)' JSON='$(JSON)' \
		$(BIN)/python tests/bench/soak.py

crash: setup ## Kill a server that keeps its sandboxes, under load, KILLS (300) times; SEED draws it all
	$(BIN)/python -m tests.crash.run $(or $(KILLS),300) $(SEED)

coverage: setup ## Write the generated pages anew: docs/coverage.md, the table in docs/markets.md
	$(BIN)/python -m mock_api.seller_center.coverage > docs/coverage.md
	@$(BIN)/python -c 'from pathlib import Path; from simulator.market.page import with_table; \
		page = Path("docs/markets.md"); page.write_text(with_table(page.read_text()))'

fuzz: setup ## Call the seller center with what nobody thought of, for SECONDS (600)
	$(BIN)/python tests/fuzz/run.py $(or $(SECONDS),600)

fuzz-long: setup ## The same for an hour
	@$(MAKE) --no-print-directory fuzz SECONDS=3600

swarm: setup ## Random worlds, random faults, a correct integration: SEEDS (200), or one SEED again
	@$(BIN)/seatrial swarm --seeds $(if $(SEED),$(SEED):$$(($(SEED) + 1)) --twice-every 1,$(or $(SEEDS),200))

format: setup ## Put the code into the house's form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

fuzz-parsers: setup ## Feed every parser of outside bytes, SECONDS (60) each; ONLY=yaml picks some
	$(BIN)/python tests/fuzz/run_parsers.py $(or $(SECONDS),60) '$(ONLY)'

requirements: setup ## Lock the versions again, after a change of pyproject.toml
	$(COMPILE) pyproject.toml -o requirements/runtime.txt
	$(COMPILE) --extra dev pyproject.toml -o requirements/dev.txt
	@$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")' \
		| $(COMPILE) --constraint requirements/dev.txt - -o requirements/build.txt
