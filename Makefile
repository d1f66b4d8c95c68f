# Two commands set everything up: `make build` builds the documents of plans/, `make test` passes the tests.
# Each installs what it needs out of requirements/ and no more. After the first run neither needs the network.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SETUP = PYTHON=$(PYTHON) VENV=$(VENV) bash tools/setup.sh

.PHONY: build test test-fast coverage accept lint gallery bench lock audit clean

build: $(VENV)/.build
	$(BIN)/genplan build

test: $(VENV)/.test
	$(BIN)/pytest

# What one edits against: under a minute on two cores. It makes no documents; `make test` does.
FAST := tests/source tests/plan tests/people tests/scoring tests/diagnostics tests/documents tests/incremental tests/storage \
  tests/workspace tests/test_architecture.py tests/test_cases.py tests/test_contributing.py tests/test_lock.py tests/test_reference.py
SLOW := --ignore=tests/people/test_bombs.py --ignore=tests/people/test_results_properties.py
test-fast: $(VENV)/.test
	$(BIN)/pytest $(FAST) $(SLOW)

# How much of the packages that the fast tests are about these reach; CI fails below the floor, which is raised when they reach more.
MEASURED := diagnostics source plan people scoring incremental
FLOOR := 94
coverage: $(VENV)/.test
	$(BIN)/pytest $(FAST) $(SLOW) $(patsubst %,--cov=genplan.%,$(MEASURED)) --cov-branch --cov-report=term:skip-covered --cov-fail-under=$(FLOOR)

# Takes what the tests now find for what they are to find: cases, goldens, the generated reference. Read `git diff` before you commit it.
accept: $(VENV)/.test
	$(BIN)/python tools/reference.py
	GENPLAN_UPDATE=1 $(BIN)/pytest tests/test_cases.py tests/golden

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check generator tests tools bench
	$(BIN)/mypy

# Draws docs/gallery anew, after a change of looks.
gallery: $(VENV)/.build
	$(BIN)/python tools/gallery.py

# Measures genplan beside its peers into bench/RESULTS.md, in about twenty minutes; BENCH=full takes hours and leaves nothing out.
BENCH := default
bench: $(VENV)/.bench
	$(BIN)/python bench/run.py $(BENCH)

# Writes requirements/ from pyproject.toml: keeps versions that still fit, or takes the newest with UPGRADE=1.
# It has an environment of its own: the other one is made from what this writes.
lock:
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --requirement requirements/lock.txt
	.venv-lock/bin/python tools/lock.py $(if $(UPGRADE),--upgrade)

# Looks the packages of requirements/ up among the known vulnerabilities; one that could not be looked up is a failure, not a pass.
audit:
	$(PYTHON) -m venv .venv-audit
	.venv-audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit
	.venv-audit/bin/pip-audit --strict --disable-pip --require-hashes --progress-spinner off $(patsubst %,-r %,$(wildcard requirements/*.txt))

$(VENV)/.build: pyproject.toml requirements/build.txt tools/setup.sh
	$(SETUP)
	touch $@

$(VENV)/.test: $(VENV)/.build requirements/scale.txt requirements/test.txt
	$(SETUP) scale test
	touch $@

$(VENV)/.bench: $(VENV)/.test requirements/bench.txt
	$(SETUP) bench
	touch $@

clean:
	rm -rf $(VENV) .venv-* output dist
