import type { core as en } from "../en/core.ts";
import { runbook } from "./runbook.ts";
import { text } from "./text.ts";

export const core: { [Area in keyof typeof en]: Record<keyof (typeof en)[Area], string> } = {
  ...{ runbook, text },
};
