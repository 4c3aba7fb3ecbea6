import { script } from "#lib/commands/command.ts";
import { clockFunction } from "#lib/commands/job-scripts/common.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import { place } from "./connect-errors.ts";
import { exec } from "./exec.ts";
import type { Link } from "./link.ts";
import type { ClockReading } from "./types.ts";

const readClock = script(`${clockFunction}now\necho "$time"`);

/**
 * Three readings, of which the quickest bounds the error best. Every look at a host begins with it, so it also finds
 * out that a connection has died unnoticed, as idle ones do behind firewalls: the host is then asked over a new one.
 */
export async function readHostClock(link: Link): Promise<ClockReading> {
  const first = await readOnce(link).catch((error: unknown) => {
    if (!(error instanceof UpliftError) || error.code !== "ssh.connection_lost") throw error;
    return readOnce(link);
  });
  const readings = [first, await readOnce(link), await readOnce(link)];
  return readings.reduce((best, next) => (next.roundTripMs < best.roundTripMs ? next : best));
}

async function readOnce(link: Link): Promise<ClockReading> {
  const before = Date.now();
  const result = await exec(link, readClock, { timeoutMs: 20_000, root: false });
  const roundTripMs = Date.now() - before;
  const last = result.stdout.trim().split("\n").at(-1) ?? "";
  if (result.code !== 0 || !/^\d{12,16}$/.test(last)) {
    throw new UpliftError(
      "command.output_unreadable",
      `${place(link.target)} did not tell its time: \`date\` printed ${JSON.stringify(result.stdout.slice(0, 100))}.`,
      { host: link.target.name, remedy: "Check that `date +%s` works for this user on the host." },
    );
  }
  const localTime = before + roundTripMs / 2;
  const hostTime = Number(last);
  return { hostTime, localTime, skewMs: hostTime - localTime, roundTripMs };
}
