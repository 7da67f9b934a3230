# `make` sets up and writes the samples; `make test` sets up and passes every test.
PYTHON ?= python3
BIN := .venv/bin
NODE_MODULES := tests/node/node_modules

.PHONY: all setup test check lint types fix bench wheel clean

all: .venv/.installed
	$(BIN)/okta-postman generate collections/*.yaml

setup: .venv/.installed .venv/.others $(NODE_MODULES)/.installed

test: setup
	$(BIN)/python -m pytest -n 2 --dist worksteal

check: setup lint types test

lint: .venv/.installed
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: .venv/.installed
	$(BIN)/mypy

fix: .venv/.installed
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: .venv/.installed
	$(BIN)/python -m bench.run

wheel: .venv/.installed
	$(BIN)/python -m pip wheel --no-deps --wheel-dir dist .

.venv/.installed: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --editable . --group dev
	touch $@

# The tests compare what every other Python at hand generates.
.venv/.others: .venv/.installed
	$(BIN)/python -m tests.support.interpreters
	touch $@

# Node comes from PyPI; npm finds it first on this PATH and writes nowhere but here.
$(NODE_MODULES)/.installed: .venv/.installed tests/node/package-lock.json
	PATH="$(CURDIR)/$(BIN):$$PATH" npm_config_cache="$(CURDIR)/.venv/npm" npm_config_userconfig=/dev/null \
	  $(BIN)/npm ci --prefix tests/node --loglevel=error
	touch $@

clean:
	rm -rf .venv .venv-* dist $(NODE_MODULES)
