import { numbers } from "./numbers.ts";

const rowBytes = 8192;
const rowsAtOnce = 4096;

/** A table of that many megabytes, of which half can be compressed away. */
export function bigTable(megabytes: number): string {
  const rows = (megabytes * 1024 * 1024) / rowBytes;
  const noise = Array.from({ length: rowBytes / 2048 }, () => "random_bytes(1024)").join(", ");
  const batches: string[] = [];
  for (let begun = 0; begun < rows; begun += rowsAtOnce)
    batches.push(
      `insert into oms_big select ${begun} + seq, now(), concat(${noise}, repeat(sha2(${begun} + seq, 256), ${rowBytes / 128}))
      from ${numbers(Math.min(rowsAtOnce, rows - begun))}; commit;`,
    );
  return `
create table oms_big (id bigint unsigned primary key, gmt_created datetime not null, content longblob);
${batches.join("\n")}`;
}
