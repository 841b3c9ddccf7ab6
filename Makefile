# The two commands: `make run` opens the window, `make test` runs the whole suite. Each sets up what it needs.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/.ready
# Qt's system libraries, fonts, and the two PDF tools that the tests use (Debian and Ubuntu names)
APT := libglib2.0-0 libegl1 libgl1 libx11-6 libxkbcommon0 libdbus-1-3 libfontconfig1 \
       libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 \
       libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0 libx11-xcb1 \
       fonts-noto-cjk fonts-lxgw-wenkai poppler-utils qpdf strace

.PHONY: run test lint setup system bench bench-language bench-store doctor clean

run: setup
	@$(PY) main.py --sample

test: setup
	@QT_QPA_PLATFORM=offscreen $(PY) -m pytest -n 2 tests

lint: setup
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

setup: $(STAMP)

system:
	@sh resources/setup/system.sh $(APT)

$(STAMP): pyproject.toml Makefile resources/setup/system.sh
	@sh resources/setup/system.sh $(APT)
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $(STAMP)

bench: setup
	@$(PY) -m tests.bench

# figures of the language stations; CORPORA is a folder of development texts that is no part of the project
bench-language: setup
	@$(PY) -m tests.bench.bench_proofing $(CORPORA)
	@$(PY) -m tests.bench.bench_characters $(CORPORA)
	@$(PY) -m tests.bench.bench_tagging $(CORPORA)

bench-store: setup
	@$(PY) -m tests.bench.bench_store

doctor: setup
	@$(PY) main.py doctor

clean:
	rm -rf $(VENV) out build *.egg-info
