import assert from "node:assert/strict";
import { test } from "node:test";
import {
  fleetAddress,
  fleetQueryOf,
  fleetSortedBy,
  isFleetFiltered,
  keptOfFleet,
} from "./fleet-filter.ts";

const queryOf = (address: string) =>
  fleetQueryOf(Object.fromEntries(new URL(address, "http://uplift").searchParams));

test("an address and its query say the same", () => {
  const address = "/?text=hz&version=4.2.9&show=unwell&sort=-seen&page=3";
  const query = queryOf(address);
  // The newest first is how moments are sorted first, not the usual order.
  assert.deepEqual(query.order, { by: "seen", descending: true });
  assert.equal(fleetAddress("/", query, query.page), address);
  assert.ok(isFleetFiltered(query));
});

test("what makes no sense in an address is left out", () => {
  const query = queryOf("/deployments?show=flying&sort=ha&page=0");
  assert.equal(fleetAddress("/deployments", query, query.page), "/deployments");
  assert.equal(isFleetFiltered(query), false);
});

test("the order stays with the filter and from page to page", () => {
  const query = queryOf("/deployments?text=hz&page=4");
  const sorted = fleetSortedBy("/deployments", query, "run");
  assert.equal(sorted, "/deployments?text=hz&sort=-run");
  assert.deepEqual(keptOfFleet(queryOf(sorted)), { sort: "-run" });
  assert.equal(isFleetFiltered(queryOf("/?sort=-run")), false);
});
