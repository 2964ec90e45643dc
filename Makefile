# make run: the main job on the bundled sample market. make test: everything that must hold.
# make faults: all cases of faults, hostile input and interrupted runs, the long ones too.
PY := .venv/bin/python
SAMPLE := sample-market

.PHONY: run test faults live bench ui check lock licences

run: .venv/.ok
	@for day in pipeline/sample/*; do echo "== the sample market on $${day##*/}"; \
		PATH="$(CURDIR)/.venv/bin:$$PATH" .venv/bin/trackmix run --replay $$day --home $(SAMPLE) || exit 1; done

test: check
	@# a file's tests share its homes; where a worker dies the run fails at once, for xdist 3.8 would wait for it for ever
	$(PY) -m pytest -n 2 --dist loadfile --max-worker-restart 0

faults: .venv/.ok
	$(PY) -m pytest tests/faults -n 2 --dist worksteal --max-worker-restart 0 -m "long or not long"

live: .venv/.ok
	.venv/bin/trackmix run

bench: .venv/.ok
	@for file in bench/*.py; do echo "== $$file"; $(PY) $$file || exit 1; done

ui: .venv/.ok
	.venv/bin/trackmix ui --home $(SAMPLE) --replay $(lastword $(wildcard pipeline/sample/*))

check: .venv/.ok
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	@said=$$(.venv/bin/lint-imports --no-cache) || { echo "$$said"; exit 1; }; echo "$$said" | tail -1

lock:
	.boot/bin/uv pip compile -q --generate-hashes --no-emit-index-url --no-header --extra dev \
		--python-version 3.11 pyproject.toml -o requirements.lock

licences: .venv/.ok
	$(PY) docs/licences.py

# uv installs in seconds; where it is not to be had, pip does the same in a minute
.venv/.ok: pyproject.toml requirements.lock
	@echo "setting up .venv (once): installing what requirements.lock pins"
	@(while sleep 8; do echo "  still installing"; done) & still=$$!; trap 'kill $$still' EXIT; \
	python3 -m venv .venv && \
	{ { python3 -m venv .boot && .boot/bin/pip install -q --disable-pip-version-check uv==0.13.9 \
		&& .boot/bin/uv pip sync -q --compile-bytecode --python $(PY) --require-hashes requirements.lock; } \
		|| { echo "  uv is not to be had: pip takes its place"; \
		$(PY) -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r requirements.lock; }; } && \
	$(PY) -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@
