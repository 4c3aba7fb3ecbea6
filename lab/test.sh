#!/bin/sh
# All tests, each suite with its own closing lines. `npm test` sets the machine up first.
set -eu
cd "$(dirname "$0")/.."
step() {
  name=$1
  shift
  echo "== $name"
  started=$(date +%s)
  "$@"
  echo "== $name: passed in $(($(date +%s) - started)) s"
}
step "check" npm run --silent check
step "unit tests" npm run --silent test:unit
# Under 40 minutes on two cores. What takes longest runs by hand: every lab test with npm run test:lab, the dashboard's
# death at every point with npm run test:resume, and as many chaos runs as one likes.
lab_tests=""
for each in lab discovery preflight trouble-checks guided-ha recheck init-overrule gates locks upgrade left-out; do
  lab_tests="$lab_tests lab/tests/$each.test.ts"
done
PATH=$PWD/node_modules/.bin:$PATH
# shellcheck disable=SC2086 # a list of files
step "lab tests" node --test --test-concurrency=2 $lab_tests
step "chaos tests" node lab/chaos.ts --runs 3 --seed 1
step "browser tests" npm run --silent test:e2e -- upgrade-and-rollback
