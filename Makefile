# Two commands do all the set-up: `make demo` and `make test`. Both make their own .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
OUT := out

# A venv with the package as built, its inner loops compiled where there is a C compiler.
COMPILED := .venv-compiled
# The same for tests: made quickly, with what it depends on taken from .venv.
COMPILED_TESTS := .venv-compiled-tests
SOURCES := setup.py setup.cfg pyproject.toml $(shell find edi_hit schemas -type f -not -name '*.pyc')
FAST_ROOMS := x12 guides mapping claims remits acks reference benefits adjudication

.PHONY: demo demo-drop test test-compiled compiled-tests programs faults faults-ledger lint check bench compiled-wheel schemas clean

demo: $(VENV)/installed
	@$(BIN)/edi-hit adjudicate examples/*.837 --config examples/settings.toml --tables examples/tables \
	  --out $(OUT) --as-of 2025-08-01 --force

# The drop at work on the examples: files flow, the status is shown, then it is stopped.
demo-drop: $(VENV)/installed
	@sh examples/drop/demo.sh $(BIN)/edi-hit $(OUT)/drop

test: $(VENV)/installed-dev programs
	$(BIN)/python -m pytest -n auto --dist worksteal

# The tests start these programs themselves; where one is missing its tests are skipped, and say so.
PROGRAMS := postgresql:/usr/lib/postgresql/*/bin/initdb openssh-server:/usr/sbin/sshd chromium:/usr/bin/chromium
programs:
	@for one in $(PROGRAMS); do ls $${one#*:} >/dev/null 2>&1 || missing="$$missing $${one%%:*}"; done; \
	  test -z "$$missing" \
	  || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get -qq update \
	       && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $$missing >/dev/null; } \
	  || echo "Not installed, their tests are skipped (Debian: apt-get install$$missing)"

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Long forms of what the tests do in short: docs/reliability.md has the figures. What was run of the drop goes to
# faults.ndjson; it takes hours.
DROP_FAULTS := EDI_HIT_FAULT_FILES=10000 EDI_HIT_FAULT_CLAIMS=500 EDI_HIT_FAULT_KILLS=200 \
  EDI_HIT_FAULT_STRIDE=1 EDI_HIT_FAULT_PATIENCE=36000
faults: $(VENV)/installed-dev programs
	$(BIN)/python bench/http_load.py --minutes 5
	EDI_HIT_FAULTS=long $(BIN)/python -m pytest tests/exchange/test_http_schema.py
	$(DROP_FAULTS) EDI_HIT_FAULT_FIGURES=$(CURDIR)/faults.ndjson \
	  $(BIN)/python -m pytest tests/exchange/test_drop_crashes.py tests/exchange/test_drop_faults.py \
	  tests/exchange/test_drop_order.py

# 50 kills of a run of 20,000 claims with a ledger: half an hour.
faults-ledger: $(VENV)/installed-dev
	EDI_HIT_KILLS=50 EDI_HIT_KILL_CLAIMS=20000 $(BIN)/python -m pytest tests/ledger/test_broken_runs.py -k killed

check: lint test

# The rooms whose modules are compiled, tested as compiled.
test-compiled: compiled-tests
	$(COMPILED_TESTS)/bin/python -P -m pytest -n auto --dist worksteal $(FAST_ROOMS:%=tests/%)

compiled-tests: $(COMPILED_TESTS)/installed

bench: $(COMPILED)/installed
	$(COMPILED)/bin/python bench/run.py $(BENCH)

compiled-wheel: $(VENV)/installed-dev
	EDI_HIT_COMPILE=1 $(BIN)/python -m build --wheel --no-isolation --outdir dist

schemas: $(VENV)/installed-dev
	$(BIN)/python -m edi_hit.formats.schema_files schemas

$(VENV)/bin/python:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is missing (Debian: apt-get install python3)"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; set PYTHON=/path/to/it"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null \
	  || { echo "The venv module is missing (Debian: apt-get install python3-venv)"; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/installed: setup.cfg pyproject.toml | $(VENV)/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/installed-dev: setup.cfg pyproject.toml | $(VENV)/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@ $(VENV)/installed

$(COMPILED)/installed: $(SOURCES) | $(VENV)/bin/python
	@$(BIN)/python -m venv $(COMPILED)
	@$(COMPILED)/bin/python -m pip install --quiet --disable-pip-version-check '.[dev,bench]'
	@if $(COMPILED)/bin/python bench/can_compile.py; then export EDI_HIT_COMPILE=1; fi; \
	  $(COMPILED)/bin/python -m pip install --quiet --disable-pip-version-check \
	    --no-deps --no-build-isolation --force-reinstall .
	@touch $@

# Built without optimisation: what is tested is that it does the same. That it is compiled is looked at, since
# the sources are near. PACKAGES is where a Python has its packages.
PACKAGES := -c 'import sysconfig; print(sysconfig.get_path("purelib"))'
IS_COMPILED := -c 'import sys, edi_hit.x12.reader as one; sys.exit(not one.__file__.endswith(".so"))'
$(COMPILED_TESTS)/installed: $(SOURCES) | $(VENV)/installed-dev
	@$(BIN)/python -m venv --without-pip $(COMPILED_TESTS)
	@$(BIN)/python $(PACKAGES) > "$$($(COMPILED_TESTS)/bin/python $(PACKAGES))/dependencies.pth"
	@if $(BIN)/python bench/can_compile.py; then export EDI_HIT_COMPILE=1 EDI_HIT_OPTIMISE=0; fi; \
	  $(BIN)/python -m pip --python $(COMPILED_TESTS)/bin/python install --quiet --disable-pip-version-check \
	    --no-deps --no-build-isolation --force-reinstall . && \
	  { test -z "$$EDI_HIT_COMPILE" || $(COMPILED_TESTS)/bin/python -P $(IS_COMPILED); }
	@touch $@

clean:
	rm -rf $(VENV) $(COMPILED) $(COMPILED_TESTS) $(OUT) build dist *.egg-info
