import assert from "node:assert/strict";
import { test } from "node:test";
import type { NodePlace } from "#lib/domain/run-view/places.ts";
import { translatorFor } from "#lib/i18n/translator-for-tests.ts";
import type { LiveNode } from "#lib/services/views.ts";
import { nodeLook } from "./node-look.ts";

const look = (...[seen, at]: [LiveNode | null, NodePlace | null]) =>
  nodeLook(seen, at, translatorFor("topology"));
const live = (more: Partial<LiveNode> = {}) =>
  ({ healthy: true, running: true, unreachableSince: null, trouble: null, ...more }) as LiveNode;
const place = (more: Partial<NodePlace> = {}) =>
  ({ status: "pending", leftOut: false, doing: null, ...more }) as NodePlace;

test("without a run a node looks as it says itself", () => {
  assert.equal(look(null, null).word, "Not seen");
  assert.equal(look(live(), null).state, "healthy");
  assert.equal(look(live({ healthy: false }), null).state, "unhealthy");
  assert.equal(look(live({ running: false }), null).state, "unhealthy");
  assert.equal(look(live({ healthy: null }), null).state, "unknown");
});

test("what a run has stopped is stopped on purpose, and what it does is said", () => {
  const stopped = live({ running: false, healthy: null });
  assert.equal(look(stopped, place()).state, "not-yet");
  const busy = look(stopped, place({ status: "running", doing: "Starting oms_331 on hz-1" }));
  assert.deepEqual(busy, { state: "running", word: "Busy", more: "Starting oms_331 on hz-1" });
  assert.equal(look(live(), place({ status: "failed" })).state, "failed");
});

test("a node that gives no answer is said to, whatever the run thinks", () => {
  const away = live({ unreachableSince: "2026-01-01T00:00:00.000Z", trouble: "refused" });
  assert.deepEqual(look(away, place({ status: "running" })), {
    ...{ state: "unhealthy", word: "Unreachable", more: "refused" },
  });
});
