# make run: the dashboard on invented sample data.   make test: everything that is checked.   Both set themselves up.
PYTHON := $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
DEMO := data/demo
WORKERS := $(shell n=$$(nproc 2>/dev/null || echo 2); if [ $$n -gt 4 ]; then echo 4; elif [ $$n -gt 2 ]; then echo $$n; else echo 2; fi)

.PHONY: setup run test check format lock bench
setup: .venv/.ready

.venv/.ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch .venv/.ready

run: setup
	$(BIN)/vawg demo --store $(DEMO)

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint --disable-progress-bar --processes 2 sql/metrics sql/base sql/summarise.sql
	$(BIN)/python -m pytest tests/test_house.py

test: check
	$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder --durations 25

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock:
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url -o requirements.lock

bench: setup
	$(BIN)/python -m benchmarks.load_million
	$(BIN)/python -m benchmarks.ask_million
