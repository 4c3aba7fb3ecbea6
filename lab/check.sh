#!/bin/sh
# What can be told of the sources without running them. The types take as long as all else, on another processor.
cd "$(dirname "$0")/.." || exit 1
PATH=$PWD/node_modules/.bin:$PATH
# What the last build wrote of its routes: some of them may be gone.
rm -rf .next/types
tsc --noEmit &
types=$!
wrong=0
biome check --error-on-warnings . || wrong=1
depcruise --config .dependency-cruiser.cjs app components lib server.ts lab bench e2e || wrong=1
knip || wrong=1
wait $types || wrong=1
exit $wrong
