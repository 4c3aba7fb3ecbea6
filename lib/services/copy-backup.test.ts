import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, test } from "node:test";
import type { Backup } from "#lib/domain/backup.ts";
import { bytesOf } from "#lib/domain/backup-files.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import { copyBackup } from "./copy-backup.ts";
import type { CopyPlace } from "./copy-places.ts";
import { proven } from "./download-backup.ts";

const sha256 = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");
const content = (text: string) => Buffer.from(text.repeat(50));

/** A place in memory; files by path. */
class Memory implements CopyPlace {
  readonly name = "memory";
  readonly files = new Map<string, Buffer>();
  /** Bytes that were sent to it. */
  received = 0;
  free: number | null = null;
  /** Breaks the source after so many bytes. */
  breakAfter = Number.POSITIVE_INFINITY;

  begun = async (path: string) => this.files.get(path)?.length ?? 0;
  freeBytes = async () => this.free;
  async append(_directory: string, path: string, source: AsyncIterable<Buffer>) {
    for await (const chunk of source) {
      this.received += chunk.length;
      this.files.set(path, Buffer.concat([this.files.get(path) ?? Buffer.alloc(0), chunk]));
    }
  }
  async settle(part: string, path: string, sum: string) {
    const bytes = this.files.get(part) ?? Buffer.alloc(0);
    this.files.delete(part);
    if (sha256(bytes) !== sum) {
      throw new UpliftError("dump.changed", "the copy differs", { remedy: "again" });
    }
    this.files.set(path, bytes);
  }
  async remove(paths: readonly string[]) {
    for (const path of paths) this.files.delete(path);
  }
  async *read(path: string, offset = 0): AsyncGenerator<Buffer> {
    const bytes = this.files.get(path) ?? Buffer.alloc(0);
    for (let at = offset; at < bytes.length; at += 7) {
      if (at >= this.breakAfter) throw new Error("the connection was lost");
      yield bytes.subarray(at, at + 7);
    }
  }
}

function scene() {
  const [data, objects] = [content("tables "), content("triggers ")];
  const file = (path: string, bytes: Buffer) => ({
    ...{ path, bytes: bytes.length, sha256: sha256(bytes) },
  });
  const backup = {
    data: file("/b/p1/rm.sql", data),
    objects: file("/b/p1/rm.objects.sql", objects),
  } as Backup;
  const from = new Memory();
  from.files.set("/b/p1/rm.sql", data).set("/b/p1/rm.objects.sql", objects);
  return { backup, from, to: new Memory(), data, objects };
}

describe("the second copy of a backup", () => {
  test("has every file under its name, whole, with nothing beside it", async () => {
    const { backup, from, to, data, objects } = scene();
    const seen: number[] = [];
    await copyBackup(backup, from, to, "copies/run/rm", (bytes) => seen.push(bytes));
    assert.deepEqual(
      [...to.files],
      [
        ["copies/run/rm/rm.sql", data],
        ["copies/run/rm/rm.objects.sql", objects],
      ],
    );
    assert.equal(seen.at(-1), bytesOf(backup));
    assert.deepEqual(
      seen,
      seen.toSorted((a, b) => a - b),
    );
  });

  test("goes on where it was cut off, and sends nothing twice", async () => {
    const { backup, from, to } = scene();
    for (const breakAfter of [70, 140, 210]) {
      from.breakAfter = breakAfter;
      await assert.rejects(
        copyBackup(backup, from, to, "c", () => undefined),
        /lost/,
      );
    }
    from.breakAfter = Number.POSITIVE_INFINITY;
    await copyBackup(backup, from, to, "c", () => undefined);
    assert.equal(to.received, bytesOf(backup));
    // And once more: it is there.
    await copyBackup(backup, from, to, "c", () => undefined);
    assert.equal(to.received, bytesOf(backup));
  });

  test("is thrown away when it is not what was dumped, and begun anew", async () => {
    const { backup, from, to, data } = scene();
    to.files.set("c/rm.sql.part", Buffer.from("not the beginning of it"));
    await assert.rejects(
      copyBackup(backup, from, to, "c", () => undefined),
      { code: "dump.changed" },
    );
    assert.ok(!to.files.has("c/rm.sql") && !to.files.has("c/rm.sql.part"));
    to.files.set("c/rm.sql.part", Buffer.alloc(data.length + 1));
    await copyBackup(backup, from, to, "c", () => undefined);
    assert.deepEqual(to.files.get("c/rm.sql"), data);
  });

  test("is not begun where it would leave no room", async () => {
    const { backup, from, to } = scene();
    to.free = 256 * 1024 * 1024 + bytesOf(backup) - 1;
    await assert.rejects(
      copyBackup(backup, from, to, "c", () => undefined),
      {
        code: "backup.no_room",
      },
    );
    assert.equal(to.files.size, 0);
    to.free += 1;
    await copyBackup(backup, from, to, "c", () => undefined);
    assert.equal(to.files.size, 2);
  });
});

describe("a download", () => {
  const read = async (source: Buffer[], wanted: Buffer) => {
    const got: Buffer[] = [];
    const file = { path: "/b/rm.sql", bytes: wanted.length, sha256: sha256(wanted) };
    const error = await (async () => {
      for await (const piece of proven(asIterable(source), file)) got.push(piece);
      return null;
    })().catch((thrown: unknown) => thrown);
    return { got: Buffer.concat(got).toString(), error };
  };
  const [one, two] = [Buffer.from("one "), Buffer.from("two")];
  const whole = Buffer.concat([one, two]);

  test("of what is whole arrives whole", async () => {
    assert.deepEqual(await read([one, two], whole), { got: "one two", error: null });
    assert.deepEqual(await read([], Buffer.alloc(0)), { got: "", error: null });
  });

  test("of what is damaged never does", async () => {
    for (const source of [[one, Buffer.from("twO")], [one], [one, two, two], []]) {
      const { got, error } = await read(source, whole);
      assert.ok(error instanceof UpliftError && error.code === "dump.changed");
      assert.ok(got.length < Buffer.concat(source).length || source.length === 0, got);
    }
  });
});

async function* asIterable(chunks: Buffer[]): AsyncGenerator<Buffer> {
  yield* chunks;
}
