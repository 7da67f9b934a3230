# `make` sets up and generates the samples. `make test` sets up and runs every test.
PYTHON ?= python3
BIN := .venv/bin
NODE := tests/node/node_modules

.PHONY: all catalog requirements setup test test-lowest coverage check lint types fix bench wheel clean

all: .venv/.program
	$(BIN)/okta-postman generate collections/*.yaml

setup: .venv/.tools .venv/.others $(NODE)/.installed

test: setup
	$(BIN)/python -m pytest -n 2 --dist worksteal

# Run every test with the lowest versions that pyproject.toml allows.
test-lowest: .venv-lowest/.tools $(NODE)/.installed
	.venv-lowest/bin/python -m pytest -n 2 --dist worksteal

# Measure lines and branches, also in processes that the tests start.
coverage: setup
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest -n 2 --dist worksteal
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

check: lint types test

lint: .venv/.tools
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: .venv/.tools
	$(BIN)/mypy

fix: .venv/.tools
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: .venv/.program
	$(BIN)/python -m bench.run

# Update the API catalog from Okta's OpenAPI documents:
# make catalog DOCUMENTS="management.yaml myaccount.yaml oauth.yaml"
catalog: .venv/.program
	$(BIN)/okta-postman catalog $(DOCUMENTS) > .venv/catalog.json
	mv .venv/catalog.json generator/okta_postman/okta/catalog.json

# Pin what the action and the image install: the newest versions that pyproject.toml allows, by hash.
requirements: .venv-requirements/.tools
	{ echo '# Made by `make requirements`.'; \
	  echo hatchling | .venv-requirements/bin/uv pip compile --quiet --no-header --no-annotate \
	    --generate-hashes --universal --python-version 3.13 --no-python-downloads pyproject.toml -; \
	} > .venv-requirements/requirements.txt
	mv .venv-requirements/requirements.txt .ci/requirements.txt

.venv-requirements/.tools:
	$(PYTHON) -m venv .venv-requirements
	.venv-requirements/bin/python -m pip install --quiet uv==0.13.9
	touch $@

wheel: .venv/.program
	$(BIN)/python -m pip wheel --no-deps --wheel-dir dist .

.venv/.program: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

.venv/.tools: .venv/.program
	$(BIN)/python -m pip install --quiet --group dev
	touch $@

.venv-lowest/.tools: pyproject.toml tests/support/lowest.py
	$(PYTHON) -m venv .venv-lowest
	.venv-lowest/bin/python -m tests.support.lowest > .venv-lowest/constraints.txt
	.venv-lowest/bin/python -m pip install --quiet --upgrade 'pip>=25.1'
	.venv-lowest/bin/python -m pip install --quiet --constraint .venv-lowest/constraints.txt \
	  --editable . --group dev
	touch $@

# The tests compare the files that each other installed Python generates.
.venv/.others: .venv/.program
	$(BIN)/python -m tests.support.interpreters
	touch $@

# Node comes from PyPI. npm finds it first on this PATH, and writes only below this folder.
$(NODE)/.installed: .venv/.tools tests/node/package-lock.json
	PATH="$(CURDIR)/$(BIN):$$PATH" npm_config_cache="$(CURDIR)/.venv/npm" \
	  npm_config_userconfig=/dev/null $(BIN)/npm ci --prefix tests/node --loglevel=error
	touch $@

clean:
	rm -rf .venv .venv-* dist $(NODE)
