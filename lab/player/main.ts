import { parseArgs } from "node:util";
import { administrator, Product } from "#lab/product/product.ts";
import type { Actor } from "#lib/domain/roles.ts";
import { db } from "#lib/store/client.ts";
import { closeStore, openStore } from "#lib/store/open.ts";
import type { Names } from "./fleet.ts";
import { writeHostileOutput, writeLongLog } from "./long-log.ts";
import { type Played, play, playOn } from "./play.ts";
import { playPlan } from "./play-plan.ts";
import { type Scene, scene, sceneNames } from "./scenes.ts";
import { readRecording } from "./take-down.ts";

const usage = `Shows the run page in any state, without hosts.

  node lab/player/main.ts SCENE... [options]    SCENE: ${sceneNames.join(", ")}, all
  node lab/player/main.ts FILE --events N       a run that record.ts wrote down, up to its event N

  --nodes N        nodes in two regions (4)
  --names KIND     short, long (80 characters) or chinese (short)
  --chain          an upgrade in two hops
  --plan           starts nothing: shows the wizard with the plan
  --data DIR       writes into this data directory instead of starting a dashboard on a new one;
                   a dashboard that serves it must run with UPLIFT_ENGINE=off
  --live SPEED     what comes after the point happens too, so many times as fast as in earnest
  --lines N        then writes N more lines of log into the step under way
  --rate N         so many of them a second (as fast as they can be stored); SIGUSR2 ends the patience
  --hostile        and output that no page may show as it is
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    nodes: { type: "string", default: "4" },
    names: { type: "string", default: "short" },
    events: { type: "string" },
    chain: { type: "boolean", default: false },
    plan: { type: "boolean", default: false },
    data: { type: "string" },
    live: { type: "string" },
    lines: { type: "string", default: "0" },
    rate: { type: "string", default: "0" },
    hostile: { type: "boolean", default: false },
  },
});
if (positionals.length === 0) {
  process.stderr.write(usage);
  process.exit(2);
}

const product =
  values.data === undefined
    ? await Product.start({ environment: { UPLIFT_ENGINE: "off", UPLIFT_LOG: "warn" } })
    : null;
await openStore(values.data ?? product?.dataDir ?? "");
const actor = await anybody();
const played: Played[] = [];
for (const each of await scenes()) {
  const path = values.plan ? `${await playPlan(actor, each)}&step=checks` : await playRun(each);
  process.stdout.write(`${product ? `${product.url}${path}` : path}\n`);
}
if (product) {
  const { email, password } = administrator;
  process.stdout.write(`Sign in as ${email} with "${password}"; Ctrl-C ends it.\n`);
}
const { live } = values;
if (live !== undefined) await Promise.all(played.map((one) => playOn(one, Number(live))));
const patience = new AbortController();
process.once("SIGUSR2", () => patience.abort());
for (const { claim, underWay, nodeIds } of played) {
  if (!underWay) continue;
  const output = { stepId: underWay, nodeIds };
  if (values.hostile) await writeHostileOutput(claim, output);
  const [lines, rate] = [Number(values.lines), Number(values.rate)];
  if (lines > 0) await writeLongLog(claim, { lines, rate, hurry: patience.signal, ...output });
}
await closeStore();
if (product) {
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void product.stop());
}

async function playRun(each: Scene): Promise<string> {
  const one = await play(actor, each);
  played.push(one);
  return `/runs/${one.runId}`;
}

async function scenes(): Promise<Scene[]> {
  const about = { nodes: Number(values.nodes), names: values.names as Names, chain: values.chain };
  const wanted = positionals.includes("all") ? sceneNames : positionals;
  return Promise.all(
    wanted.map((name) => {
      const known = sceneNames.find((one) => one === name);
      if (known) return scene(known, about);
      const recording = readRecording(name);
      return { recording, upTo: Number(values.events ?? recording.events.length) };
    }),
  );
}

/** The first user, in whose name the run is made. */
async function anybody(): Promise<Actor> {
  const user = await db().user.findFirst({ orderBy: { createdAt: "asc" } });
  if (!user) throw new Error("the data directory has no user: open the dashboard's /setup first");
  return { userId: user.id, name: user.name, role: "administrator", via: "session" };
}
