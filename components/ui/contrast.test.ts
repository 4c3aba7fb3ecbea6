import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const css = readFileSync(new URL("../../app/globals.css", import.meta.url), "utf8");

/** The custom properties of one rule, those that are plain `oklch(l c h)`. */
function tokensOf(selector: string): Map<string, number> {
  const body = css.split(`\n${selector} {`)[1]?.split("\n}")[0] ?? "";
  const found = body.matchAll(/--([\w-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\);/g);
  return new Map([...found].map(([, name, l, c, h]) => [`${name}`, luminance(+l!, +c!, +h!)]));
}

/** Relative luminance (WCAG) of an OKLCH colour, clipped to sRGB as a screen shows it. */
function luminance(lightness: number, chroma: number, hue: number): number {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  const red = clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  const green = clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  const blue = clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const grounds = ["surface", "raised", "sunken", "hover"];
const states = ["ok", "run", "warn", "fail", "wait", "idle"];

/** [foreground, background, least ratio] */
const pairs: [string, string, number][] = [
  ...["fg", "muted", "faint", "accent-text", ...states].flatMap((text) =>
    grounds.map((ground): [string, string, number] => [text, ground, 4.5]),
  ),
  ["fg", "active", 4.5],
  ["muted", "active", 4.5],
  ...states.flatMap((state): [string, string, number][] => [
    [state, `${state}-tint`, 4.5],
    ["fg", `${state}-tint`, 4.5],
    ["muted", `${state}-tint`, 4.5],
  ]),
  ["accent-text", "accent-tint", 4.5],
  ["fg", "accent-tint", 4.5],
  ["accent-contrast", "accent", 4.5],
  ["accent-contrast", "accent-hover", 4.5],
  ["danger-contrast", "danger", 4.5],
  ["danger-contrast", "danger-hover", 4.5],
  // Edges that tell a control from the page, and the focus ring: WCAG 1.4.11.
  ...["control", "accent"].flatMap((edge) =>
    grounds.slice(0, 3).map((ground): [string, string, number] => [edge, ground, 3]),
  ),
];

for (const [theme, selector] of [
  ["light", ":root"],
  ["dark", ".dark"],
] as const) {
  test(`the ${theme} theme can be read`, () => {
    const tokens = tokensOf(selector);
    const tooFaint = pairs.flatMap(([front, back, least]) => {
      const [a, b] = [tokens.get(front), tokens.get(back)];
      assert.ok(a !== undefined && b !== undefined, `no token for ${front} on ${back}`);
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      return ratio < least ? [`${front} on ${back}: ${ratio.toFixed(2)} < ${least}`] : [];
    });
    assert.deepEqual(tooFaint, []);
  });
}
