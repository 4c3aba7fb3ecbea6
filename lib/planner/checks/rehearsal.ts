import type { Check, ServerFacts } from "#lib/domain/facts.ts";
import type { Inventory } from "#lib/domain/inventory.ts";
import { scratchGrant } from "#lib/domain/rehearsal.ts";
import { whyNot } from "../forward/rehearse.ts";
import { listed } from "../words.ts";
import { check, mebibytes } from "./check.ts";

/** Where the server does not tell its free room, more than this is worth a look by a person, bytes. */
const unseenRoom = 512 * 1024 ** 2;

/** May dumps be restored into scratch databases for practice, and is there room for them? */
export function rehearsalChecks(
  server: ServerFacts,
  inventory: Pick<Inventory, "settings">,
): Check[] {
  const limit = inventory.settings.rehearseBelowMiB;
  const lacking = server.rehearsalRights;
  if (limit === 0 || lacking === null) return [];
  const scope = `${server.host}:${server.port}`;
  const granted = lacking.length === 0;
  return [
    check(
      `rehearsal-rights.${server.key}`,
      scope,
      "Rights to rehearse",
      granted ? "pass" : "warning",
      granted
        ? "The user may create, fill and drop scratch databases, into which dumps are restored for practice."
        : `Without ${lacking.join(", ")} on scratch databases no restore is rehearsed before the schema is changed.`,
      `GRANT ALL ON \`${scratchGrant}\`.* to the MetaDB user, or set the limit for rehearsals to 0 in the settings.`,
    ),
    ...triedCheck(server, scope, granted),
    ...(granted ? roomCheck(server, inventory, scope) : []),
  ];
}

/**
 * What the grants promise, tried: a server can be read-only, full or otherwise unwilling. Where rights on
 * scratch databases are known to be missing the upgrade does without, and so this is a warning.
 */
function triedCheck({ key, triedRights }: ServerFacts, scope: string, granted: boolean): Check[] {
  if (triedRights === null) return [];
  const { database, done, refused } = triedRights;
  return [
    check(
      `rights-tried.${key}`,
      scope,
      "Rights tried",
      refused === null ? "pass" : granted ? "fail" : "warning",
      refused === null
        ? `On the scratch database ${database} the server did ${listed(done)}; it is gone again.`
        : `On the scratch database ${database} the server refused ${refused.what}${done.length > 0 ? ` after ${listed(done)}` : ""}: ${refused.message}`,
      granted
        ? "The grants say that it may. Mend what the server says (read-only? full?): a restore would meet the same."
        : `GRANT ALL ON \`${scratchGrant}\`.* to the MetaDB user, then check again.`,
    ),
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
  const need = rehearsed.reduce((sum, { bytes }) => sum + bytes, 0);
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
