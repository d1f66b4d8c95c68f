# Two commands set everything up: `make build` builds the documents of plans/, `make test` passes the tests.
# After the first run neither needs the network.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: build test lint gallery bench clean

build: $(READY)
	$(BIN)/genplan build

test: $(READY)
	$(BIN)/pytest

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check generator tests tools bench
	$(BIN)/mypy

# Draws docs/gallery anew, after a change of looks.
gallery: $(READY)
	$(BIN)/python tools/gallery.py

# Measures genplan beside its peers into bench/RESULTS.md, in about twenty minutes; BENCH=full takes hours and leaves nothing out.
BENCH := default
bench: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[all,bench]'
	$(BIN)/python bench/run.py $(BENCH)

$(READY): pyproject.toml tools/setup.sh
	PYTHON=$(PYTHON) VENV=$(VENV) bash tools/setup.sh
	touch $@

clean:
	rm -rf $(VENV) output dist
