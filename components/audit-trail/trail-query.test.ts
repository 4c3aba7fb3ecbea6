import assert from "node:assert/strict";
import { test } from "node:test";
import { RunId } from "#lib/domain/ids.ts";
import {
  commandsSortedBy,
  keptOfTrail,
  storySortedBy,
  trailAddress,
  trailQueryOf,
} from "./trail-query.ts";

const runId = RunId.parse("run_abcdefghijkl");
const here = `/runs/${runId}/audit`;
const queryOf = (address: string) =>
  trailQueryOf(Object.fromEntries(new URL(address, "http://uplift").searchParams));

test("an address and its query say the same", () => {
  for (const rest of ["", "?view=table&sort=-took&commands=-exit&host=hz-1&text=dump&page=2"]) {
    assert.equal(trailAddress(runId, queryOf(here + rest)), here + rest);
  }
});

test("what makes no sense in an address is left out; a story is told in time", () => {
  for (const rest of ["?view=list&sort=-took", "?sort=seq&commands=what&page=x"]) {
    assert.equal(trailAddress(runId, queryOf(here + rest)), here);
  }
});

test("either table is sorted with the other as it is", () => {
  const query = queryOf(`${here}?view=table&commands=host&text=dump&page=2`);
  assert.equal(
    storySortedBy(runId, query, "took"),
    `${here}?view=table&sort=-took&commands=host&text=dump&page=2`,
  );
  assert.equal(
    commandsSortedBy(runId, query, "duration"),
    `${here}?view=table&commands=-duration&text=dump`,
  );
  assert.equal(commandsSortedBy(runId, query, "time"), `${here}?view=table&text=dump`);
  assert.deepEqual(keptOfTrail(query), { view: "table", sort: "", commands: "host" });
});
