# Everything goes through these few commands; each does the set-up it needs.
PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin

.PHONY: run test unit check format lint types mutations oracle bench assets lock setup clean

run: .venv/run.stamp  ## the map on http://localhost:8501, on the data shipped
	$(BIN)/streamlit run app.py --server.port $(PORT)

setup: .venv/dev.stamp

test: .venv/dev.stamp  ## the whole suite, browser tests included
	@.ci/browser
	$(BIN)/python -m pytest -n auto --dist loadfile

unit: .venv/dev.stamp  ## the quick part: no browser, no programs started whole
	$(BIN)/python -m pytest -n auto -m "not browser and not slow"

check: format lint types test

format: .venv/dev.stamp
	$(BIN)/ruff format .

lint: .venv/dev.stamp
	$(BIN)/ruff check .

types: .venv/dev.stamp
	$(BIN)/mypy

mutations: .venv/dev.stamp  ## 5,000 damaged layers instead of the 200 of the suite
	ATLAS_MUTATIONS=5000 $(BIN)/python -m pytest tests/test_mutations.py

oracle: .venv/dev.stamp  ## 100,000 random joins against brute force instead of the 2,000 of the suite
	ATLAS_ORACLE=100000 $(BIN)/python -m pytest tests/geo/join/test_oracle.py

bench: .venv/dev.stamp  ## ratios against named peers, in one run
	@.ci/browser
	$(BIN)/python -m benchmarks.filter
	$(BIN)/python -m benchmarks.start
	$(BIN)/python -m benchmarks.people
	$(BIN)/python -m benchmarks.read
	$(BIN)/python -m benchmarks.join
	$(BIN)/python -m benchmarks.export
	$(BIN)/python -m benchmarks.search
	$(BIN)/python -m benchmarks.objects
	$(BIN)/python -m benchmarks.access
	$(BIN)/python -m benchmarks.tiles
	$(BIN)/python -m benchmarks.footprints
	$(BIN)/python -m benchmarks.offline
	$(BIN)/python -m benchmarks.weight

.venv/run.stamp: requirements.txt
	@PYTHON=$(PYTHON) .ci/venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/dev.stamp: requirements-dev.txt .venv/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

assets: .venv/run.stamp  ## copy the browser assets from npm into static/vendor (needs npm)
	$(BIN)/python static/vendor.py

lock:  ## compile the pinned requirements anew (needs uv)
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-emit-index-url --no-emit-find-links requirements.in -o requirements.txt
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-emit-index-url --no-emit-find-links requirements-dev.in -o requirements-dev.txt

clean:
	rm -rf .venv build .pytest_cache .mypy_cache .ruff_cache .hypothesis
