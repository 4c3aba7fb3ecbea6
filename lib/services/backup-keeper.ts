import { errorInfo } from "#lib/domain/errors.ts";
import type { Actor } from "#lib/domain/roles.ts";
import { access } from "./access.ts";
import { copyBackup, copyFiles } from "./copy-backup.ts";
import { nodePlace } from "./copy-places.ts";
import {
  adoptCopies,
  type DueCopy,
  dueCopies,
  noteCopied,
  noteFailed,
  noteProven,
  placeOfCopy,
} from "./copy-rows.ts";
import { deleteOutlived } from "./delete-backups.ts";

/** Between looks for backups that have outlived their time, milliseconds. */
const deleteEveryMs = 3_600_000;
/** Between notes of a copy's progress, milliseconds. */
const noteEveryMs = 1_000;

/** Who the audit names when nobody asked. */
const keeper: Pick<Actor, "userId" | "name" | "via"> = {
  ...{ userId: "system", name: "Uplift", via: "system" },
};

/**
 * Makes the second copies that deployments want, one after another and at the lowest priority on the
 * nodes, and deletes backups that have outlived their time where that is wanted. It is no part of a run:
 * no step waits for it, and what it could not do is tried again.
 */
export class BackupKeeper {
  readonly #report: (message: string, error: unknown) => void;
  readonly #everyMs: number;
  readonly #stopping = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #busy = false;
  #deletedAt = Number.NEGATIVE_INFINITY;

  /** @param everyMs between looks for something to copy */
  constructor(report: (message: string, error: unknown) => void, everyMs = 3_000) {
    this.#report = report;
    this.#everyMs = everyMs;
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.#round(), this.#everyMs);
  }

  /** Begins nothing more, and lets go of what is under way: it goes on from there at the next start. */
  stop(): void {
    clearInterval(this.#timer);
    this.#stopping.abort(new Error("the dashboard stops"));
  }

  async #round(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      await adoptCopies(Date.now());
      for (const copy of await dueCopies(Date.now())) {
        if (this.#stopping.signal.aborted) return;
        await this.#make(copy);
      }
      if (performance.now() - this.#deletedAt >= deleteEveryMs) {
        this.#deletedAt = performance.now();
        await deleteOutlived(keeper, Date.now());
      }
    } catch (error) {
      if (!this.#stopping.signal.aborted) this.#report("backups were not looked after", error);
    } finally {
      this.#busy = false;
    }
  }

  async #make(copy: DueCopy): Promise<void> {
    const { signal } = this.#stopping;
    let noted = 0;
    const onProgress = (bytes: number) => {
      if (performance.now() - noted < noteEveryMs) return;
      noted = performance.now();
      noteCopied(copy, bytes).catch((error: unknown) =>
        this.#report("a copy's progress was not noted", error),
      );
    };
    try {
      const from = nodePlace(await access.host(copy.backup.nodeId), signal);
      const to = await placeOfCopy(copy.place, signal);
      await copyBackup(copy.backup, from, to, copy.directory, onProgress);
      if (await noteProven(copy, new Date())) return;
      const paths = copyFiles(copy.backup, copy.directory).map(({ path }) => path);
      await to.remove(paths, copy.directory);
    } catch (error) {
      if (signal.aborted) return;
      const { message, remedy } = errorInfo(error);
      await noteFailed(copy, new Date(), `${message} ${remedy}`);
    }
  }
}
