import { parseArgs } from "node:util";
import { type Lab, startLab } from "#lab/lab.ts";
import { type MetadbKind, metadbKinds, toolsFor } from "#lab/metadb/kind.ts";
import { deploymentDocument, waitForRun } from "#lab/product/journey.ts";
import { Product } from "#lab/product/product.ts";

/**
 * What a database of 2 GiB costs on each server: `npm run bench:large [-- --metadb SERVER] [--mib 2048]`. A practice
 * backup dumps it, restores it into a scratch database and compares both, row by row; its journal has the times.
 */
const { values } = parseArgs({
  options: { metadb: { type: "string" }, mib: { type: "string", default: "2048" } },
});
const mebibytes = Number(values.mib);
const kinds = metadbKinds.filter((kind) => values.metadb === undefined || values.metadb === kind);

process.stdout.write(`| server | dump, proof | restore, comparison |\n|---|---|---|\n`);
for (const kind of kinds) {
  const { dump, rehearsal } = await measure(kind);
  process.stdout.write(`| ${kind} | ${dump.toFixed(0)} s | ${rehearsal.toFixed(0)} s |\n`);
}

async function measure(kind: MetadbKind): Promise<{ dump: number; rehearsal: number }> {
  const lab = await startLab({
    metadb: kind,
    hostTools: toolsFor(kind),
    loadNewImage: true,
    regions: [
      {
        ...{ name: "cn-hangzhou", nameCn: "杭州", location: 0, isDefault: true },
        ...{ nodes: ["hz-1"], heartbeatDatabase: "oms_cm_heartbeat_1" },
      },
    ],
  });
  const product = await Product.start();
  try {
    await fill(lab);
    const { id } = await product.ask<{ id: string }>("POST", "/deployments", {
      ...(await deploymentDocument(product, lab, { user: "root", method: "key" })),
      settings: { rehearseBelowMiB: 1_048_576 },
    });
    const practice = await product.ask<{ id: string }>("POST", `/deployments/${id}/practices`);
    const { state } = await waitForRun(product, practice.id, ["succeeded"]);
    const secondsOf = (step: string) => {
      const { startedAt, endedAt } =
        Object.values(state.steps).find((one) => one.id === step) ?? {};
      return (Date.parse(endedAt ?? "") - Date.parse(startedAt ?? "")) / 1000;
    };
    return { dump: secondsOf("dump.oms_rm"), rehearsal: secondsOf("rehearse.oms_rm") };
  } finally {
    await product.stop();
    await lab.stop();
  }
}

/** A table of rows of a kibibyte that nothing compresses to nothing, written in small transactions. */
async function fill(lab: Lab): Promise<void> {
  const { metadb } = lab;
  const piece = "sha2(concat(rand(), id), 512)";
  const body = `concat(${Array.from({ length: 8 }, () => piece).join(", ")})`;
  await metadb.query(
    "create table oms_rm.oms_large (id bigint not null primary key, body varchar(1100) not null)",
  );
  await metadb.query(`insert into oms_rm.oms_large select 0, ${body} from (select 0 as id) one`);
  const total = mebibytes * 1024;
  const atOnce = 16_384;
  for (let rows = 1; rows < total; rows += Math.min(rows, atOnce)) {
    await metadb.query(
      `insert into oms_rm.oms_large select id + ${rows}, ${body} from oms_rm.oms_large where id < ${Math.min(rows, atOnce, total - rows)}`,
    );
  }
}
