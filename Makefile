# `make run` and `make test` are all that is needed: each sets up what is missing first.

# debug builds sooner and is what the tests run; release is for measuring and for production.
CONFIGURATION ?= debug
# Whatever takes docker's arguments: docker, podman, buildah.
CONTAINER_BUILDER ?= docker

.DEFAULT_GOAL := help

.PHONY: help
help: ## Show this list.
	@sed -n -E 's/^([a-z-]+):.*## /\1	/p' Makefile | expand -t 10

.PHONY: run
run: build ## Run the demo at http://127.0.0.1:8080: the server, MongoDB, a company and the meeting-room bot.
	@if [ -z "$$HIWORKER_MONGODB_URI" ]; then Scripts/install-mongod >/dev/null; fi
	@exec .build/$(CONFIGURATION)/hiworker demo

.PHONY: test
test: set-up-tests ## Run all tests; MongoDB in them is a real one.
	swift build --build-tests
	HIWORKER_MONGOD=$$(Scripts/install-mongod) && export HIWORKER_MONGOD HIWORKER_BINARY=$(CURDIR)/.build/debug/hiworker \
		&& Scripts/test-swift \
		&& .venv/bin/coverage run -m pytest python/tests \
		&& .venv/bin/coverage report \
		&& .venv/bin/python -m pytest Tests/EndToEnd

.PHONY: bench
bench: set-up-tests set-up-bench ## Measure a release build: lost messages, idle bots, the SDK against another's. 20 minutes.
	swift build --configuration release --product hiworker
	HIWORKER_MONGOD=$$(Scripts/install-mongod) && export HIWORKER_MONGOD \
		&& .venv/bin/python Benchmarks/idle_bots.py \
		&& .venv/bin/python Benchmarks/sdk_against_bolt.py \
		&& .venv/bin/python Benchmarks/lossless.py

.PHONY: build
build: set-up ## Build the server and the command line.
	swift build --configuration $(CONFIGURATION) --product hiworker

.PHONY: format
format: set-up-tests ## Format all sources.
	swift format format --in-place --parallel --recursive Package.swift Plugins Sources Tests
	.venv/bin/ruff check --quiet --fix python Tests Benchmarks || true
	.venv/bin/ruff format python Tests Benchmarks

.PHONY: lint
lint: set-up-tests set-up-bench ## Check format, types and scripts.
	swift format lint --strict --parallel --recursive Package.swift Plugins Sources Tests
	.venv/bin/ruff format --check python Tests Benchmarks
	.venv/bin/ruff check python Tests Benchmarks
	.venv/bin/mypy python
	.venv/bin/mypy Tests/EndToEnd
	.venv/bin/mypy Benchmarks
	if [ -x .venv/bin/shellcheck ]; then .venv/bin/shellcheck .ci/run Scripts/* docker/*.sh; fi

.PHONY: image
image: ## Build the container image hiworker.
	$(CONTAINER_BUILDER) build --file docker/Dockerfile --tag hiworker .

.PHONY: set-up
set-up: ## Install what running needs: system packages, Python packages in .venv.
	@Scripts/install-system-packages
	@Scripts/install-python-packages python/examples/meeting_rooms/requirements.txt

.PHONY: set-up-tests
set-up-tests: set-up
	@Scripts/install-system-packages iproute2  # network namespaces, for the bot behind NAT
	@Scripts/install-python-packages python/requirements.txt

.PHONY: set-up-bench
set-up-bench: set-up-tests
	@Scripts/install-python-packages Benchmarks/requirements.txt
