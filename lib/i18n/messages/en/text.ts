/** How parts stand together; lib/i18n/render.ts joins them. */
export const text = {
  sentences: "{parts}",
  semicolons: "{parts}",
  and: "{parts}",
} as const;
