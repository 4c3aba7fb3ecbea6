import { z } from "zod";
import type { core } from "../i18n/messages/en/core.ts";

type Catalogue = typeof core;
type Area = keyof Catalogue & string;

/** Every message of the core: `area.key` of the English catalogue (lib/i18n/messages/en/core.ts). */
export type MessageCode = { [A in Area]: `${A}.${keyof Catalogue[A] & string}` }[Area];

/** What people read, as a fact: words are found where it is shown, in the reader's language (lib/i18n/render.ts). */
export interface Message {
  code: string;
  params?: { [name: string]: Param } | undefined;
}

/** A message, or a text that is the same in every language: from outside, or written down by an earlier version. */
export type Text = string | Message;

/** Gives a text its words in one language. */
export type Render = (text: Text) => string;

/** A list is shown with commas in it. */
export type Param = Text | number | readonly (Text | number)[];

type WordsOf<Code extends MessageCode> = Code extends `${infer A extends Area}.${infer Key}`
  ? Key extends keyof Catalogue[A]
    ? Catalogue[A][Key] & string
    : never
  : never;

/** The text behind the choices of an ICU argument: `one {…} other {…}} and so on` gives ` and so on`. */
type AfterChoices<Text> = Text extends `${infer Before}}${infer After}`
  ? Before extends `${string}{${string}`
    ? AfterChoices<After>
    : After
  : "";

/** The arguments of an ICU text; choices have none of their own. */
type ParamsOf<Words extends string> = Words extends `${string}{${infer Rest}`
  ? Rest extends `${infer Name}, plural,${string}}${infer Tail}`
    ? Name extends `${string}}${string}`
      ? SimpleParams<Rest>
      : { [N in Name]: number } & ParamsOf<AfterChoices<Tail>>
    : Rest extends `${infer Name}, select,${string}}${infer Tail}`
      ? Name extends `${string}}${string}`
        ? SimpleParams<Rest>
        : { [N in Name]: string } & ParamsOf<AfterChoices<Tail>>
      : SimpleParams<Rest>
  : unknown;

type SimpleParams<Rest extends string> = Rest extends `${infer Name}}${infer Tail}`
  ? { [N in Name]: Param } & ParamsOf<Tail>
  : unknown;

type Given<Params> = keyof Params extends never ? [] : [params: { [N in keyof Params]: Params[N] }];

/** A message of the catalogue with all its parameters: `message("remote.noRoot", { user, place })`. */
export function message<Code extends MessageCode>(
  code: Code,
  ...given: Given<ParamsOf<WordsOf<Code>>>
): Message {
  const [params] = given as [Message["params"]?];
  return params === undefined ? { code } : { code, params };
}

/** Several sentences, one after another. */
export function sentences(...parts: readonly (Text | null | undefined | false)[]): Text {
  const there = parts.filter((part): part is Text => Boolean(part));
  const [only] = there;
  return there.length === 1 && only !== undefined
    ? only
    : message("text.sentences", { parts: there });
}

/** `a, b and c`, in the reader's language. */
export function listed(parts: readonly (Text | number)[]): Text {
  const [only] = parts;
  return parts.length === 1 && typeof only === "string" ? only : message("text.and", { parts });
}

/** Parts that have commas of their own, as one: `a, b; c`. */
export function withSemicolons(parts: readonly (Text | number)[]): Text {
  return message("text.semicolons", { parts });
}

const ParamSchema: z.ZodType<Param> = z.lazy(() =>
  z.union([Text, z.number(), z.array(z.union([Text, z.number()]))]),
);

/** As plans, journals and checks hold what people read. */
export const Text: z.ZodType<Text> = z.union([
  z.string(),
  z.strictObject({
    code: z.string(),
    params: z.record(z.string(), ParamSchema).optional(),
  }),
]);

/** A text as the key of a map. */
export function textKey(text: Text): string {
  return typeof text === "string" ? text : JSON.stringify([text.code, text.params ?? {}]);
}

export function isMessage(value: unknown): value is Message {
  if (typeof value !== "object" || value === null || !("code" in value)) return false;
  const { code } = value;
  if (typeof code !== "string" || !/^\w+\.\w+$/.test(code)) return false;
  return Object.keys(value).every((key) => key === "code" || key === "params");
}

/** An answer with the words of one language in place of messages, at any depth. Pure. */
export function inWords(value: unknown, render: Render): unknown {
  if (isMessage(value)) return render(value);
  if (Array.isArray(value)) return value.map((each) => inWords(each, render));
  if (typeof value !== "object" || value === null || "toJSON" in value) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, inWords(each, render)]),
  );
}

/** A text for a column that holds a string. */
export function toStored(text: Text): string {
  return typeof text === "string" ? text : JSON.stringify(text);
}

/** What `toStored` made; or a plain text of an earlier version. */
export function fromStored(stored: string): Text {
  if (!stored.startsWith('{"code":')) return stored;
  try {
    const text: unknown = JSON.parse(stored);
    return isMessage(text) ? text : stored;
  } catch {
    return stored;
  }
}

const key = Symbol.for("uplift.english");
const holder = globalThis as { [key]?: Render };

/** Gives the process the English words for its log and for `error.message` (lib/i18n/english.ts). */
export function speakEnglish(render: Render): void {
  holder[key] = render;
}

/** What a log says; where nobody gave the words, code and parameters. */
export function inEnglish(text: Text): string {
  if (typeof text === "string") return text;
  return holder[key]?.(text) ?? `${text.code} ${JSON.stringify(text.params ?? {})}`;
}
