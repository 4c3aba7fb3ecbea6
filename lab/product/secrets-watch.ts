import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Forms in which a secret would give itself away in a command line, an environment or a file. */
function formsOf(secret: string): string[] {
  return [secret, JSON.stringify(secret).slice(1, -1), Buffer.from(secret).toString("base64")];
}

/**
 * Looks at the command line and environment of every process on this machine, the lab's hosts
 * included, again and again, for secrets that must not be there.
 */
export class SecretsWatch {
  readonly #forms: string[];
  readonly #found = new Set<string>();
  readonly #timer: NodeJS.Timeout;
  looks = 0;

  constructor(secrets: readonly string[]) {
    this.#forms = secrets.flatMap(formsOf);
    this.#timer = setInterval(() => this.#look(), 20);
  }

  /** Where secrets were seen. */
  stop(): string[] {
    clearInterval(this.#timer);
    return [...this.#found];
  }

  #look(): void {
    this.looks++;
    for (const pid of readdirSync("/proc")) {
      if (!/^\d+$/.test(pid)) continue;
      for (const file of ["cmdline", "environ"]) {
        const text = readIfThere(`/proc/${pid}/${file}`);
        if (this.#forms.some((form) => text.includes(form))) {
          this.#found.add(`${file} of ${readIfThere(`/proc/${pid}/comm`).trim()} (${pid})`);
        }
      }
    }
  }
}

/** The files below a directory in which a secret stands in clear. */
export function filesWithSecrets(directory: string, secrets: readonly string[]): string[] {
  const forms = secrets.flatMap(formsOf).map((form) => Buffer.from(form));
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => {
      const content = readFileSync(file);
      return forms.some((form) => content.includes(form));
    });
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
