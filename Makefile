# What a user and a continuous integration call. Everything is installed into .venv/, from PyPI; OPA is found or built by
# `iam2rego opa path`. A second call does only what has changed.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Python compiles what it imports; to compile all that is installed takes a quarter of the time.
INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check --no-compile

# The package is installed as a user would install it, not editable: so the demo and the tests run what is released, and a file
# left out of the wheel fails here. It takes a second, whenever a source has changed.
SOURCES := $(shell find compiler grammar -name __pycache__ -prune -o -print) LICENSE README.md
LIBRARY := compiler/iam2rego/rego/lib
# What is loaded together: the modules layout with gateways and the mask of logs, the packed layout's kernel with the entry points of
# partitions, and the whole packed layout, which is checked but not tested: `decision` is the same in both.
OF_MODULES := $(addprefix $(LIBRARY)/,common decision modules gateway log)
OF_KERNEL := $(addprefix $(LIBRARY)/,common packed partitions)
OF_PACKED := $(addprefix $(LIBRARY)/,common decision packed)
# OPA gives a test five seconds unless told otherwise, which a busy machine can exceed. With a threshold it prints a report of every
# line; what it says when lines are missed goes to stderr.
TEST_LIBRARY = opa=$$($(BIN)/iam2rego opa path) $(foreach loaded,OF_MODULES OF_KERNEL,\
	&& $$opa test --timeout 5m $($(loaded)) && $$opa test --timeout 5m --threshold 100 $($(loaded)) > /dev/null)

EXAMPLES := ecs account
ecs := examples/ecs/policies --params examples/ecs/params.toml
account := examples/account/account.json examples/account/organization.json
# The policy and the request with which the demo ends, and where it spoils what it built of the policy.
of_roe := examples/ecs/policies/describe-services-by-tag.json
asked_by_roe := examples/ecs/requests/describe-services.json
COPY := $(VENV)/copy
MODULE := iam/policies/describe_services_by_tag.rego
define NEW_LINE


endef
# Runs a command once for each example, $(1) being what comes before its sources and $(2) what comes before its output.
EACH_EXAMPLE = $(foreach example,$(EXAMPLES),$(NEW_LINE)	$(BIN)/iam2rego $(1) $($(example)) $(2) rego_out/$(example))

.PHONY: demo gateway test check bench prove site dist clean
.DELETE_ON_ERROR:

demo: $(VENV)/package
	$(BIN)/iam2rego opa path
	$(call EACH_EXAMPLE,build,-o)
	@echo
	@echo "What iam2rego finds in the policies of the first example, which AWS publishes:"
	$(BIN)/iam2rego check $(ecs) || [ $$? -eq 1 ]
	@echo
	@echo "Do two independent engines decide the same? Thousands of requests, about half a minute:"
	$(call EACH_EXAMPLE,conform,--rego)
	@echo
	@echo "Richard Roe asks for a service of Mary Major's. Both engines decide:"
	$(BIN)/iam2rego eval $(of_roe) --request $(asked_by_roe)
	$(BIN)/iam2rego eval $(of_roe) --request $(asked_by_roe) --engine opa
	@echo
	@echo "In a copy, somebody makes a line of the Rego shorter:"
	@rm -rf $(COPY)
	@$(BIN)/iam2rego build --quiet $(of_roe) -o $(COPY)
	@cp $(COPY)/$(MODULE) $(COPY).rego
	sed 's/^allow contains 0 if .*/allow contains 0 if startswith(input.action, "ecs:describe")/' $(COPY).rego > $(COPY)/$(MODULE)
	@diff $(COPY).rego $(COPY)/$(MODULE); [ $$? -eq 1 ]
	@echo
	@echo "It allows more than the policy, and conform finds a request that shows it:"
	$(BIN)/iam2rego conform $(of_roe) --rego $(COPY); [ $$? -eq 1 ]

# examples/gateway, until Ctrl-C. Its substitute for opa-envoy-plugin belongs to the tests.
gateway: $(VENV)/package $(VENV)/development
	$(BIN)/python -m tests.gateway.example

test: $(VENV)/package $(VENV)/development
	$(TEST_LIBRARY)
	$(BIN)/pytest -n auto --dist loadfile -m "not long"

check: $(VENV)/package $(VENV)/development
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	opa=$$($(BIN)/iam2rego opa path) && $$opa check --strict $(OF_MODULES) && $$opa check --strict $(OF_KERNEL) && $$opa check --strict $(OF_PACKED) \
		&& for example in $(EXAMPLES); do $$opa check --strict --bundle rego_out/$$example || exit; done
	opa=$$($(BIN)/iam2rego opa path --pinned) && $$opa fmt --list --fail $(LIBRARY) rego_out
	$(TEST_LIBRARY)
	$(call EACH_EXAMPLE,build --check,-o)

# All that closed issues had to show, in full, a line a claim: up to an hour on two processors.
prove: $(VENV)/package $(VENV)/development $(VENV)/site $(VENV)/release
	$(BIN)/python -m tests.prove

bench: $(VENV)/package $(VENV)/development
	$(BIN)/python -m tests.bench

# The documentation as a site, in site/: open site/index.html, or let any server give the folder. A broken link is an error.
site: $(VENV)/site
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet

# What a release publishes, in dist/: `make dist TAG=v1.2.3` checks the tag too. docs/contributing/release.md says more.
dist: $(VENV)/release
	$(BIN)/python -m tests.release $(TAG)

clean:
	rm -rf $(VENV) build dist site *.egg-info .bench .gateway .coverage .hypothesis .prove .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

# The dependencies; setuptools too, so that installing the package again needs no network. The Go that builds an OPA is large, and only
# installed where no OPA is ready; the tests need it where that is not the pinned one.
$(VENV)/dependencies: pyproject.toml setup.py
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("iam2rego needs Python 3.11 or later, and $(PYTHON) is " \
		+ sys.version.split()[0] + "; name another, as in: make demo PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) 'setuptools>=77' .
	@$(BIN)/iam2rego --version | grep -q '^OPA: [0-9]' || $(INSTALL) '.[opa]'
	@touch $@

$(VENV)/development: $(VENV)/dependencies
	$(INSTALL) '.[dev,opa]'
	@touch $@

$(VENV)/site $(VENV)/release: $(VENV)/dependencies
	$(INSTALL) '.[$(@F)]'
	@touch $@

# build/ is setuptools' own; what is left there of a deleted module would be packed again.
$(VENV)/package: $(VENV)/dependencies $(SOURCES)
	@rm -rf build
	$(INSTALL) --no-deps --no-build-isolation --force-reinstall .
	@touch $@
