import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { gunzipSync } from "node:zlib";
import { applyEvent, replay } from "#lib/domain/apply-event.ts";
import { RunEvent } from "#lib/domain/events.ts";
import type { RunState } from "#lib/domain/run.ts";
import type { Feed } from "#lib/realtime/protocol.ts";
import { FeedState } from "./feed-state.ts";

/**
 * A real run, taken down on the lab with lab/player/record.ts: paused by hand, a node lost and left out,
 * a gate, the dashboard killed in the initialisation, then rolled back.
 */
const file = new URL("recorded-run.json.gz", import.meta.url);
const events = RunEvent.array().parse(JSON.parse(gunzipSync(readFileSync(file)).toString()));

/** The state after each number of events, as text: equal states have equal text. */
const states: (RunState | null)[] = [null];
for (const event of events) states.push(applyEvent(states.at(-1) ?? null, event));
const texts = states.map((state) => JSON.stringify(state));

const feed = (some: readonly RunEvent[]): Feed => ({
  ...{ runId: events[0]!.runId, events: [...some], log: [], now: 0, caughtUp: true },
});

/** A browser that was given the page after so many events. */
const opened = (count: number) => new FeedState(JSON.parse(texts[count]!) as RunState, 0);

/** What the browser knows is what was true after some number of events, and that number is known. */
function assertTrue(browser: FeedState): void {
  assert.equal(JSON.stringify(browser.run), texts[browser.run.seq]);
}

test("the recording holds what makes runs hard", () => {
  const types = new Set(events.map(({ body }) => body.type));
  for (const type of ["host.lost", "node.left-out", "step.moved", "gate.approved"] as const) {
    assert.ok(types.has(type), type);
  }
  assert.ok(events.filter(({ body }) => body.type === "run.taken-up").length >= 3);
  assert.equal(states.at(-1)?.status, "rolled-back");
});

test("every prefix gives one state, whoever folds it and from where", () => {
  for (let count = 2; count <= events.length; count++) {
    assert.equal(JSON.stringify(replay(events.slice(0, count))), texts[count]);
    const browser = opened(count);
    assert.ok(browser.take(feed(events.slice(count)), 0));
    assert.equal(browser.run.seq, events.length);
    assertTrue(browser);
  }
});

describe("at every event", () => {
  test("the same event again is refused by the journal and passed over by the browser", () => {
    for (const [index, event] of events.entries()) {
      assert.throws(() => applyEvent(states[index + 1]!, event), { name: "IllegalEvent" });
      if (index < 2) continue;
      const browser = opened(index + 1);
      assert.ok(browser.take(feed([event, events[index - 1]!, event]), 0));
      assert.equal(browser.run.seq, index + 1);
      assertTrue(browser);
    }
  });

  test("one that is missing is noticed, and nothing behind it is taken", () => {
    for (let count = 2; count < events.length - 1; count++) {
      const browser = opened(count);
      assert.equal(browser.take(feed(events.slice(count + 1)), 0), false);
      assert.equal(browser.run.seq, count);
      assertTrue(browser);
    }
  });

  test("two that change places are refused, and a new subscription mends it", () => {
    for (let count = 2; count < events.length - 1; count++) {
      const browser = opened(count);
      const swapped = [events[count + 1]!, events[count]!, ...events.slice(count + 2)];
      assert.equal(browser.take(feed(swapped), 0), false);
      assertTrue(browser);
      assert.ok(browser.take(feed(events.slice(browser.run.seq)), 0));
      assert.equal(browser.run.seq, events.length);
      assertTrue(browser);
    }
  });
});

test("deliveries of every disorder end in the true state, and never show a wrong one", () => {
  for (let seed = 1; seed <= 200; seed++) {
    const random = randomFrom(seed);
    const browser = opened(2 + Math.floor(random() * (events.length - 2)));
    for (let deliveries = 0; browser.run.seq < events.length; deliveries++) {
      assert.ok(deliveries < 10_000, `seed ${seed} comes to no end`);
      const from = Math.max(0, browser.run.seq - 8 + Math.floor(random() * 12));
      const batch = events.slice(from, from + 1 + Math.floor(random() * 40));
      if (random() < 0.5) batch.sort(() => random() - 0.5);
      if (random() < 0.5) batch.push(...batch.slice(0, 5));
      browser.take(feed(batch), 0);
      assertTrue(browser);
    }
  }
});

/** Numbers from 0 to 1 that are the same in every run of the test. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
