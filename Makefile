# Two commands are all a newcomer needs: make demo, make test. Each installs what is missing first.
PACKAGES = liblua5.4-dev libsqlite3-dev libexpat1-dev libsimdjson-dev libedit-dev libcurl4-openssl-dev pkg-config
BUILD = swift build

.DEFAULT_GOAL := help
.PHONY: help demo test build release generate fuzz bench-sandbox bench-kit bench-serve soak sanitize setup peers clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

demo: build ## three example rooftops through 60 simulated days, and the weekly report
	@.build/debug/revisit demo

test: PACKAGES += python3 python3-venv openssl
test: setup peers ## every test
	swift test

build: setup ## the debug binary, .build/debug/revisit
	$(BUILD)

release: setup ## the binary to install, .build/release/revisit
	$(BUILD) -c release

generate: build ## writes what is made from the hook catalogue: editor types, luacheck's settings, reference pages
	@.build/debug/revisit generate

fuzz: setup ## 200,000 generated Lua programs in the sandbox, 100,000 damaged exports; FUZZ="COUNT SEED" for others
	$(BUILD) -c release --product SandboxFuzz
	.build/release/SandboxFuzz $(FUZZ)
	$(BUILD) -c release --product FeedFuzz
	.build/release/FeedFuzz $(FUZZ)

bench-sandbox: setup ## the sandbox against plain C and its peers
	swift run -c release --package-path Benchmarks/Sandbox SandboxBenchmark
	python3 -m venv .build/peers && .build/peers/bin/pip install -q lupa redis
	.build/peers/bin/python Benchmarks/Sandbox/peers.py

bench-kit: PACKAGES += lua5.4 lua-busted python3
bench-kit: release ## a hundred tests against busted, and the time to the prompt against Lua's own
	python3 Benchmarks/Kit/run.py .build/release/revisit

soak: PACKAGES += python3 python3-venv
soak: build peers ## kills serve 2,000 times and prints what came of it; SOAK="KILLS SEED" for others
	python3 Tests/CrashTests/crash.py --jobs 4 --revisit .build/debug/revisit --kills $(or $(word 1,$(SOAK)),2000) $(addprefix --seed ,$(word 2,$(SOAK)))

bench-serve: PACKAGES += python3 python3-venv openssl
bench-serve: release peers ## due texts a second, customers' texts a second, memory of a thousand rooftops
	python3 Benchmarks/Serve/run.py .build/release/revisit

sanitize: setup ## the sandbox's tests under AddressSanitizer and UndefinedBehaviorSanitizer
	sh Tests/sanitize.sh

peers: # the real programs that tests talk to, in a Python environment of their own
	@[ -x .build/peers/bin/pip ] || python3 -m venv .build/peers
	@.build/peers/bin/pip install -q -r Tests/Peers/requirements.txt

setup: # system packages; quiet when they are there
	@command -v swift >/dev/null || { echo "Swift 6.1 or later is needed: https://www.swift.org/install"; exit 69; }
	@missing=""; for p in $(PACKAGES); do dpkg -s $$p >/dev/null 2>&1 || missing="$$missing $$p"; done; \
	[ -z "$$missing" ] && exit 0; \
	command -v apt-get >/dev/null || { echo "please install:$$missing (no apt-get here to do it)"; exit 69; }; \
	run=""; [ "$$(id -u)" = 0 ] || run=sudo; \
	[ -z "$$run" ] || command -v sudo >/dev/null || { echo "please install as root:$$missing"; exit 69; }; \
	echo "installing$$missing"; \
	$$run apt-get update -qq && $$run env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing >/dev/null \
	  || { echo "could not install:$$missing"; exit 69; }

clean: ## forget what was built
	rm -rf .build
