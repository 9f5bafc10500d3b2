# Bylaw on a machine that has Python 3.11 or newer, make and git. `make` alone lists what there is.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

BIN := .venv/bin
DISTRIBUTIONS := protos chassis plugins/hooks plugins/host plugins/fixed_week plugins/rest_by_rota plugins/crews plugins/flexible_hours plugins/statutory_leave plugins/sheet_layout plugins/smtp_mail plugins/retail_sets plugins/shop_exports plugins/taobao_orders plugins/kuaidi100 plugins/kdniao services/people services/attendance services/inventory services/orders gateway console cli
PROJECTS := pyproject.toml $(DISTRIBUTIONS:%=%/pyproject.toml)
LOCKS := requirements.lock requirements-dev.lock
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$name -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name && break; done)

.PHONY: help up test check prove bench protos lock docs env compose-env compose clean

help: ## this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 22

up: .venv/.run ## start everything on this machine 在本机启动 (BYLAW_PORT, BYLAW_DATA)
	@exec $(BIN)/bylaw up

test: .venv/.test ## every test this machine can run 运行全部测试 (TESTS=tests/cli for some)
	@$(BIN)/python -m pytest $(or $(TESTS),tests --ignore=tests/prove -n 3 --dist loadfile --no-loadscope-reorder)

check: .venv/.test ## format, lint, types, import contracts, the contract, generated code
	@PATH="$(CURDIR)/$(BIN):$$PATH" bash deploy/check

prove: .venv/.test ## the long proofs 长时间证明 (BYLAW_PROVE=short|long)
	@BYLAW_PROVE=$${BYLAW_PROVE:-long} $(BIN)/python -m pytest tests/prove

bench: .venv/.test ## benchmarks, each against its limit 基准测试
	@$(BIN)/python -m benchmarks

protos: .venv/.test ## generate code from protos/
	@$(BIN)/python protos/generate.py

docs: .venv/.test ## generate docs/reference
	@$(BIN)/python docs/generate.py

lock: .venv/.test ## choose new versions of what we depend on, with hashes
	@UV=$(BIN)/uv bash deploy/lock $(DISTRIBUTIONS)

env: .venv/.test ## only make the environment 只建立环境

compose-env: ## write .env with fresh passwords for docker-compose.yml
	@bash deploy/compose-env

compose: compose-env ## build and start the containers 以容器启动
	@DOCKER_BUILDKIT=0 COMPOSE_DOCKER_CLI_BUILD=0 bash deploy/compose up --build

clean: ## remove the environment and caches (never .bylaw, the data)
	@rm -rf .venv dist .mypy_cache .ruff_cache .import_linter_cache .hypothesis .pytest_cache
	@find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +

# `.venv/.run` stands for what the product needs, `.venv/.test` for what its developers need as well: two stamps on
# one environment, so that a first `make up` waits half as long, and a changed lock or project brings either up to date.
.venv/.run .venv/.test: $(PROJECTS) $(LOCKS)
	@PYTHON="$(PYTHON)" bash deploy/environment $@ $(DISTRIBUTIONS)
