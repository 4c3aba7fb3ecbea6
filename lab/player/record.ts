import { parseArgs } from "node:util";
import { RunId } from "#lib/domain/ids.ts";
import { closeStore, openStore } from "#lib/store/open.ts";
import { takeDown } from "./take-down.ts";

/**
 * Writes a run down as one JSON document, for main.ts to play it elsewhere:
 * `node lab/player/record.ts --data DIR RUN-ID > FILE`. It holds host names, commands and output, as
 * the journal does, and no secret.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { data: { type: "string", default: "./data" } },
});
const runId = RunId.parse(positionals[0]);
await openStore(values.data);
process.stdout.write(JSON.stringify(await takeDown(runId)));
await closeStore();
