import { numbers } from "./numbers.ts";

const rowBytes = 8192;
const rowsAtOnce = 4096;

/** A table of that many megabytes, of which a quarter is noise that cannot be compressed. */
export function bigTable(megabytes: number): string {
  const rows = (megabytes * 1024 * 1024) / rowBytes;
  // Not RANDOM_BYTES, of which OceanBase has one for all rows of a statement.
  const hashes = Array.from(
    { length: rowBytes / 4 / 64 },
    (_, i) => `sha2(concat(seq, '-${i}'), 512)`,
  );
  const noise = `unhex(concat(${hashes.join(", ")}))`;
  const batches: string[] = [];
  for (let begun = 0; begun < rows; begun += rowsAtOnce)
    batches.push(
      `insert into oms_big select seq, now(), concat(${noise}, repeat(sha2(seq, 256), ${(rowBytes / 64) * 0.75}))
      from (select ${begun} + seq as seq from ${numbers(Math.min(rowsAtOnce, rows - begun))}) r; commit;`,
    );
  return `
create table oms_big (id bigint unsigned primary key, gmt_created datetime not null, content longblob);
${batches.join("\n")}`;
}
