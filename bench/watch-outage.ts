import { setTimeout as wait } from "node:timers/promises";
import type { Lab } from "#lab/lab.ts";
import { containerName } from "#lab/options.ts";

export interface Outage {
  /** HA was seen to go off, milliseconds since the epoch. */
  haOff: number;
  /** The first host was seen not to answer its health check. */
  down: number;
  /** HA was seen to be on again with every host healthy in the new version. */
  up: number;
}

/** Between two looks, milliseconds. */
const everyMs = 20;

/**
 * Watches an upgrade from outside, the same way whoever does it: HA in the MetaDB, health on every
 * host's own port. T1 is the first host that no longer answers, T2 is HA on again.
 */
export async function watchOutage(lab: Lab, over: AbortSignal): Promise<Outage> {
  const haOff = await until(lab, over, async () => !(await isHaOn(lab)));
  const down = await until(lab, over, async () => {
    const answers = await Promise.all(lab.allHosts.map((host) => host.health()));
    return answers.some((answer) => answer === undefined);
  });
  const up = await until(lab, over, () => isHaOn(lab));
  for (const host of lab.allHosts) {
    const health = await host.health();
    if (health?.data.healthy === true && health.standIn.version === lab.options.newVersion)
      continue;
    throw new Error(
      `HA is on, and ${containerName(lab.options.newVersion)} on ${host.name} is not healthy`,
    );
  }
  return { haOff, down, up };
}

async function isHaOn(lab: Lab): Promise<boolean> {
  const [row] = await lab.metadb.query(
    `select cfg_value as v from \`${lab.options.databases.rm}\`.oms_normal_config where cfg_name = 'ha.config'`,
  );
  return (JSON.parse(String(row?.v)) as { enable: boolean }).enable;
}

async function until(lab: Lab, over: AbortSignal, holds: () => Promise<boolean>): Promise<number> {
  for (;;) {
    over.throwIfAborted();
    const from = Date.now();
    if (await holds()) return from;
    if (!lab.metadb.server.isRunning) throw new Error("the MetaDB is gone");
    await wait(everyMs);
  }
}
