# The three words a newcomer types. Each installs what is missing, builds, and does what it says.

.PHONY: run test contract bench build setup

# Built for debugging, in which what is saved is live soonest. What is shipped or measured is built with -c release.
run: setup
	swift build
	exec .build/debug/lakoo run

test: setup
	swift format lint --strict --recursive Package.swift Sources host functions Tests Benchmarks
	swift build --build-tests
	swift test --skip-build --skip '^(HostTests|FaultTests)\.' --experimental-maximum-parallelization-width 8
	swift test --skip-build --filter '^(HostTests|FaultTests)\.' --experimental-maximum-parallelization-width 3

contract:
	@.ci/setup contract
	swift build
	Tests/contract

bench:
	@.ci/setup bench
	swift build -c release
	Benchmarks/run
	Benchmarks/reads
	Benchmarks/commits
	Benchmarks/events
	Benchmarks/volume
	Benchmarks/rates

setup:
	@.ci/setup
