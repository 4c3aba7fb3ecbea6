import type { Check, ServerFacts } from "#lib/domain/facts.ts";
import type { Inventory } from "#lib/domain/inventory.ts";
import { scratchGrant } from "#lib/domain/rehearsal.ts";
import { whyNot } from "../forward/rehearse.ts";
import { check, mebibytes } from "./check.ts";

/** Where the server does not tell its free room, more than this is worth a look by a person, bytes. */
const unseenRoom = 512 * 1024 ** 2;

/** May dumps be restored into scratch databases for practice, and is there room for them? */
export function rehearsalChecks(
  server: ServerFacts,
  inventory: Pick<Inventory, "settings">,
): Check[] {
  const lacking = server.rehearsalRights;
  if (lacking === null) return [];
  const scope = `${server.host}:${server.port}`;
  const granted = lacking.length === 0;
  return [
    check(
      `rehearsal-rights.${server.key}`,
      scope,
      "Rights to rehearse",
      granted ? "pass" : "fail",
      granted
        ? "The user may create, fill and drop scratch databases, into which dumps are restored for practice."
        : `Without ${lacking.join(", ")} on scratch databases nobody can tell whether a dump can be restored.`,
      `GRANT ALL ON \`${scratchGrant}\`.* TO the MetaDB's user. Nothing of that name is ever anything but a scratch database of Uplift's.`,
    ),
    ...(granted && inventory.settings.rehearseBelowMiB > 0
      ? roomCheck(server, inventory, scope)
      : []),
  ];
}

/** All scratch databases stand beside each other, as large as what they are made from. */
function roomCheck(
  server: ServerFacts,
  inventory: Pick<Inventory, "settings">,
  scope: string,
): Check[] {
  const rehearsed = server.databases.filter((one) => whyNot({ inventory }, server, one) === null);
  if (rehearsed.length === 0) return [];
  const need = rehearsed.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);
  const { freeBytes: free } = server;
  const enough = free === null ? need <= unseenRoom : free >= need * 1.5;
  const known =
    free === null ? "it does not tell its free room" : `${mebibytes(free)} MiB are free`;
  return [
    check(
      `rehearsal-room.${server.key}`,
      scope,
      "Room to rehearse",
      enough ? "pass" : "warning",
      `Scratch databases need about ${mebibytes(need)} MiB on the server for a while; ${known}.`,
      "Make sure that the server has that room, or set a lower limit for rehearsals in the settings.",
    ),
  ];
}
