import { runbook } from "./runbook.ts";
import { text } from "./text.ts";

/** What the core says, by area: a code such as `remote.noRoot` is a key of one of them. */
export const core = { runbook, text };
