import { config } from "#lib/config/config.ts";
import { perProcess } from "#lib/config/per-process.ts";
import { Secret } from "#lib/domain/secret.ts";
import { Redactor } from "./redact.ts";

const levels = { debug: 10, info: 20, warn: 30, error: 40, silent: 99 } as const;
type Level = Exclude<keyof typeof levels, "silent">;
export type LogFields = Record<string, unknown>;

/** Fields whose very name says that the value is nobody's business. */
const secretName =
  /pass(word|phrase|wd)?$|secret|token$|authorization|cookie|private_?key|credential$/i;

/** The redactor of the process's own log; the store registers every secret that it opens. */
export function logRedactor(): Redactor {
  return perProcess("log.redactor", () => new Redactor());
}

/** One JSON line per message: time, level, component, message, then the fields. */
export class Logger {
  readonly #fields: LogFields;
  readonly #write: (line: string) => void;
  readonly #level: () => keyof typeof levels;

  constructor(
    fields: LogFields,
    write: (line: string) => void = (line) => process.stdout.write(line),
    level: () => keyof typeof levels = () => config().logLevel,
  ) {
    this.#fields = fields;
    this.#write = write;
    this.#level = level;
  }

  /** A logger whose every line has these fields too. */
  with(fields: LogFields): Logger {
    return new Logger({ ...this.#fields, ...fields }, this.#write, this.#level);
  }

  debug = (message: string, fields?: LogFields): void => this.#log("debug", message, fields);
  info = (message: string, fields?: LogFields): void => this.#log("info", message, fields);
  warn = (message: string, fields?: LogFields): void => this.#log("warn", message, fields);
  error = (message: string, fields?: LogFields): void => this.#log("error", message, fields);

  #log(level: Level, message: string, fields: LogFields = {}): void {
    if (levels[level] < levels[this.#level()]) return;
    const line = { time: new Date().toISOString(), level, message, ...this.#fields, ...fields };
    this.#write(`${logRedactor().redact(JSON.stringify(line, plainValue))}\n`);
  }
}

function plainValue(name: string, value: unknown): unknown {
  if (typeof value === "string" && secretName.test(name)) return Secret.mask;
  if (typeof value === "bigint") return value.toString();
  if (!(value instanceof Error)) return value;
  const { message, stack, cause } = value;
  return { name: value.name, code: (value as { code?: unknown }).code, message, cause, stack };
}

/** The logger of a part of the product: `logger("engine")`. */
export const logger = (component: string): Logger => new Logger({ component });
