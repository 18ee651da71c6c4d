# Every command a developer or an administrator needs. `make` alone lists them.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
STAMPS := .venv/stamps
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-strip-extras --no-emit-index-url --no-emit-find-links --no-header

.DEFAULT_GOAL := help
.PHONY: help setup run test journeys check fix records pictures room bench targets requirements wheel

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(STAMPS)/dev frontend ## prepare everything for developing: Python packages and front-end files

run: $(STAMPS)/kith frontend ## start Kith and print its address
	@$(BIN)/kith run

test: setup ## run all tests, then the journeys in a real browser
	@$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder
	@$(MAKE) --no-print-directory journeys

journeys: setup ## run only the journeys: stories told in a real browser
	@KITH_CHROMIUM="$$($(BIN)/python scripts/chromium.py)" && export KITH_CHROMIUM && \
		$(BIN)/pytest -n 2 --dist worksteal tests/journeys

check: setup ## look for everything that tests do not see: format, types, imports, words, records
	@$(BIN)/python scripts/check.py

fix: setup ## put code and templates into shape
	@$(BIN)/ruff check --quiet --fix --exit-zero
	@$(BIN)/ruff format --quiet
	@$(BIN)/python scripts/templates.py --fix
	@$(BIN)/ruff check

records: setup ## write docs/generated and the other pages that come from the code
	@$(BIN)/python scripts/records.py

pictures: setup ## put the pictures that the journeys took last into the guides
	@$(BIN)/python scripts/pictures.py

room: setup ## make a new room: make room NAME=visits ABOVE=mentoring
	@$(BIN)/python scripts/room.py "$(NAME)" --above "$(ABOVE)"

bench: setup $(STAMPS)/bench ## measure speed and memory at 1,000 and 100,000 people, and the targets
	@$(BIN)/python -m bench
	@$(BIN)/python -m bench.directory
	@$(BIN)/python -m bench.learning
	@$(BIN)/python -m bench.targets

targets: setup $(STAMPS)/bench ## measure only the matching engine, beside its targets
	@$(BIN)/python -m bench.targets

wheel: setup ## build the package with the front-end files inside
	@$(BIN)/python -m build --no-isolation --wheel

requirements: $(STAMPS)/dev ## compile requirements/*.in to *.txt with hashes
	@for name in base fast dev bench node build; do $(COMPILE) requirements/$$name.in -o requirements/$$name.txt; done

.PHONY: frontend
frontend: $(BIN)/python
	@$(BIN)/python scripts/frontend.py
	@$(BIN)/python scripts/translations.py compile

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Kith needs Python 3.11 or later: on Debian, apt install python3."; exit 1; }
	@$(PYTHON) -m venv .venv || \
		{ rm -rf .venv; echo "Kith needs the venv module: on Debian, apt install python3-venv."; exit 1; }
	@mkdir -p $(STAMPS)

# With hashes nothing but the very files that were reviewed is installed.
$(STAMPS)/base: requirements/base.txt requirements/build.txt | $(BIN)/python
	@echo "Installing the packages that Kith stands on ..."
	@$(PIP) --require-hashes -r requirements/build.txt
	@$(PIP) --require-hashes -r requirements/base.txt
	@touch $@

$(STAMPS)/kith: $(STAMPS)/base pyproject.toml
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(STAMPS)/dev: requirements/dev.txt $(STAMPS)/kith
	@echo "Installing the packages for tests and checks ..."
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@

$(STAMPS)/bench: requirements/bench.txt $(STAMPS)/dev
	@echo "Installing the solvers that the matching engine is held against ..."
	@$(PIP) --require-hashes -r requirements/bench.txt
	@touch $@
