/** The colours of state; each is a set of tokens in globals.css. */
export type Tone = "ok" | "run" | "warn" | "fail" | "wait" | "idle";

/** How a state's icon is drawn: an outline and a mark inside it (state-glyph.tsx). */
export interface Glyph {
  outline: "disc" | "ring" | "dashed" | "triangle" | "none";
  mark?:
    | "check"
    | "cross"
    | "bang"
    | "question"
    | "pause"
    | "dot"
    | "person"
    | "undo"
    | "slash"
    | "skip";
}

interface State {
  tone: Tone;
  glyph: Glyph;
}

/**
 * Every state the product speaks of: runs, steps, checks and health, in one table, so that a word
 * has one icon and one colour everywhere. Discs are settled, rings are not, dashes have not begun.
 */
export const states = {
  queued: { tone: "idle", glyph: { outline: "dashed", mark: "dot" } },
  running: { tone: "run", glyph: { outline: "ring", mark: "dot" } },
  paused: { tone: "warn", glyph: { outline: "disc", mark: "pause" } },
  waiting: { tone: "wait", glyph: { outline: "disc", mark: "person" } },
  succeeded: { tone: "ok", glyph: { outline: "disc", mark: "check" } },
  failed: { tone: "fail", glyph: { outline: "disc", mark: "cross" } },
  uncertain: { tone: "warn", glyph: { outline: "disc", mark: "question" } },
  "rolling-back": { tone: "run", glyph: { outline: "ring", mark: "undo" } },
  "rolled-back": { tone: "idle", glyph: { outline: "disc", mark: "undo" } },
  abandoned: { tone: "idle", glyph: { outline: "ring", mark: "slash" } },
  skipped: { tone: "idle", glyph: { outline: "ring", mark: "skip" } },
  "marked-done": { tone: "ok", glyph: { outline: "ring", mark: "check" } },
  "not-yet": { tone: "idle", glyph: { outline: "dashed" } },
  pending: { tone: "idle", glyph: { outline: "dashed" } },
  pass: { tone: "ok", glyph: { outline: "none", mark: "check" } },
  warning: { tone: "warn", glyph: { outline: "triangle", mark: "bang" } },
  fail: { tone: "fail", glyph: { outline: "disc", mark: "cross" } },
  unknown: { tone: "idle", glyph: { outline: "ring", mark: "question" } },
  healthy: { tone: "ok", glyph: { outline: "ring", mark: "check" } },
  unhealthy: { tone: "fail", glyph: { outline: "disc", mark: "bang" } },
} as const satisfies Record<string, State>;

export type StateName = keyof typeof states;

/** The classes of a tone, whole words so that Tailwind finds them. */
export const toneText: Record<Tone, string> = {
  ok: "text-ok",
  run: "text-run",
  warn: "text-warn",
  fail: "text-fail",
  wait: "text-wait",
  idle: "text-idle",
};

export const toneFill: Record<Tone, string> = {
  ok: "bg-ok",
  run: "bg-run",
  warn: "bg-warn",
  fail: "bg-fail",
  wait: "bg-wait",
  idle: "bg-idle",
};

export const toneBox: Record<Tone, string> = {
  ok: "border-ok-line bg-ok-tint text-ok",
  run: "border-run-line bg-run-tint text-run",
  warn: "border-warn-line bg-warn-tint text-warn",
  fail: "border-fail-line bg-fail-tint text-fail",
  wait: "border-wait-line bg-wait-tint text-wait",
  idle: "border-idle-line bg-idle-tint text-idle",
};

export const toneBorder: Record<Tone, string> = {
  ok: "border-ok-line",
  run: "border-run-line",
  warn: "border-warn-line",
  fail: "border-fail-line",
  wait: "border-wait-line",
  idle: "border-idle-line",
};
