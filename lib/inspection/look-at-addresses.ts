import {
  addressLooks,
  isHostName,
  parseOwnAddresses,
  parseResolved,
} from "#lib/commands/address-looks.ts";
import type { Command } from "#lib/commands/command.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import type { RemoteHost } from "#lib/remote/types.ts";
import { lookTimeoutMs } from "./run-look.ts";

/** The addresses of a host's interfaces; null when it did not tell. */
export async function ownAddresses(host: Pick<RemoteHost, "exec">): Promise<string[] | null> {
  return parseOwnAddresses(await outputOf(host, addressLooks.own()));
}

/** The addresses behind names as a host resolves them; none for one that leads nowhere, or is no name. */
export async function resolveOn(
  host: Pick<RemoteHost, "exec">,
  names: readonly string[],
): Promise<Record<string, string[]>> {
  const asked = [...new Set(names)].filter(isHostName);
  if (asked.length === 0) return {};
  return parseResolved(asked, await outputOf(host, addressLooks.resolve(asked)));
}

/** What a command printed, whatever came of it: a part of an answer is one, and none is not known. */
async function outputOf(host: Pick<RemoteHost, "exec">, command: Command): Promise<string> {
  try {
    return (await host.exec(command, { timeoutMs: lookTimeoutMs })).stdout;
  } catch (error) {
    if (error instanceof UpliftError) return "";
    throw error;
  }
}
