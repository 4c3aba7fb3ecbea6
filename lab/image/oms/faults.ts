// Part of the OMS stand-in (a test double): failures a test asks for through files on the host.
import { existsSync, readFileSync, rmSync } from "node:fs";

/** On the host: the folder mounted at /home/ds/run, e.g. /data/oms/oms_run. */
const folder = "/home/ds/run/lab-faults";

/**
 * True when the fault's file exists. A file that says "once" is removed as it is met, so the next
 * attempt succeeds.
 */
export function isFaulty(name: string): boolean {
  const file = `${folder}/${name}`;
  if (!existsSync(file)) return false;
  if (readFileSync(file, "utf8").trim() === "once") rmSync(file, { force: true });
  return true;
}

/** The number in a settings file beside the faults, e.g. `lab-init-seconds`. */
export function labNumber(name: string, fallback: number): number {
  const file = `/home/ds/run/${name}`;
  const value = existsSync(file) ? Number(readFileSync(file, "utf8")) : Number.NaN;
  return Number.isFinite(value) && value >= 0 ? value : fallback;
}
