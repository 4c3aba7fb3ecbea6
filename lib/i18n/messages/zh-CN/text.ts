import type { text as en } from "../en/text.ts";

export const text: Record<keyof typeof en, string> = {
  sentences: "{parts}",
  semicolons: "{parts}",
  and: "{parts}",
};
