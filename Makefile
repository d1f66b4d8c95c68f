# Two commands set everything up: `make build` builds the documents of plans/, `make test` passes the tests.
# After the first run neither needs the network.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: build test lint gallery clean

build: $(READY)
	$(BIN)/genplan build

test: $(READY)
	$(BIN)/pytest

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check generator tests tools
	$(BIN)/mypy

# Draws docs/gallery anew, after a change of looks.
gallery: $(READY)
	$(BIN)/python tools/gallery.py

$(READY): pyproject.toml tools/setup.sh
	PYTHON=$(PYTHON) VENV=$(VENV) bash tools/setup.sh
	touch $@

clean:
	rm -rf $(VENV) output dist
