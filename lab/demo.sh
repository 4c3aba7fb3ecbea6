#!/bin/sh
# The demo: the lab with two regions and the dashboard that upgrades it.
set -eu
cd "$(dirname "$0")/.."
sh lab/setup.sh "$@"
exec node_modules/.bin/node lab/demo.ts "$@"
