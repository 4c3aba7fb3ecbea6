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
# A few seeds; lab/README.md says how to run more.
step "chaos" npm run --silent test:chaos -- --runs 3 --seed 1
step "browser tests" npm run --silent test:e2e
