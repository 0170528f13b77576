# make run: the dashboard on invented sample data.   make test: everything that is checked.   Both set themselves up.
# 3.11 where it is there; each is tried, for a name on the PATH may lead nowhere
PYTHON := $(shell for name in python3.11 python3.13 python3.12 python3; do $$name -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $$name && break; done)
BIN := .venv/bin
DEMO := data/demo
WORKERS := $(shell n=$$(nproc 2>/dev/null || echo 2); if [ $$n -gt 4 ]; then echo 4; elif [ $$n -gt 2 ]; then echo $$n; else echo 2; fi)

INSTALL := python -m pip install --quiet --disable-pip-version-check
PIP := $(BIN)/$(INSTALL)
LOCK := uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url

.PHONY: setup setup-tests setup-spark run test test-spark check format lock dependencies bench
setup: .venv/.ready
setup-tests: .venv/.ready-tests
setup-spark: .venv-spark/.ready

.venv/.ready: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is needed, and none was found. Install one, or say which: make PYTHON=/path/to/python3" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	touch .venv/.ready

.venv/.ready-tests: .venv/.ready requirements-dev.lock
	$(PIP) --require-hashes -r requirements.lock -r requirements-dev.lock
	touch .venv/.ready-tests

run: setup
	$(BIN)/vawg demo --store $(DEMO)

check: setup-tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint --disable-progress-bar --processes 2 sql
	$(BIN)/python -m pytest tests/test_architecture.py

test: check
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder --durations 25

format: setup-tests
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# uv comes from the package registry: pip install uv
lock: setup-tests
	$(LOCK) pyproject.toml --group install --output-file requirements.lock
	$(LOCK) --group dev --constraints requirements.lock --output-file requirements-dev.lock
	$(LOCK) --group spark --constraints requirements.lock --constraints requirements-dev.lock --output-file store/spark/requirements.lock
	echo dash | $(LOCK) - --output-file benchmarks/rivals/requirements.lock
	$(MAKE) dependencies

dependencies: setup-tests
	$(BIN)/python -m tests.support.dependency_document

# Spark, with all that tests need, in an environment of its own; it needs a Java runtime
.venv-spark/.ready: requirements.lock requirements-dev.lock store/spark/requirements.lock pyproject.toml
	@command -v java >/dev/null || { echo "A Java runtime (17 or newer) is needed, and none was found: apt-get install default-jre-headless" >&2; exit 1; }
	$(PYTHON) -m venv .venv-spark
	.venv-spark/bin/$(INSTALL) --require-hashes -r requirements.lock -r requirements-dev.lock -r store/spark/requirements.lock
	.venv-spark/bin/$(INSTALL) --no-deps --no-build-isolation -e .
	touch $@

# every metric asked of DuckDB and of Spark, row by row, as the force and as scrutiny
test-spark: setup-spark
	.venv-spark/bin/python -m pytest tests/store/test_spark.py --durations 5

# Dash, a rival, in an environment of its own
.venv-bench/.ready: benchmarks/rivals/requirements.lock
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/$(INSTALL) --require-hashes -r $<
	touch $@

bench: setup-tests .venv-bench/.ready
	$(BIN)/python -m benchmarks.load_million
	$(BIN)/python -m benchmarks.workbook
	$(BIN)/python -m benchmarks.measure_million
	$(BIN)/python -m benchmarks.clicks
	$(BIN)/python -m benchmarks.cold_start
