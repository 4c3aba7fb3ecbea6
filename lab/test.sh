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
step "lab tests" npm run --silent test:lab
# The other browser test, and the chaos tests, are run by hand until they are as steady as these.
step "browser tests" npm run --silent test:e2e -- upgrade-and-rollback
