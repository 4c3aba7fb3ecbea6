import type { LabHost } from "#lab/lab.ts";

export const config = "/data/config.yaml";
export const certificate = "/data/oms/https_crt";

/** Runs the text in a file's place, which is mounted, and so must stay the same file. */
export async function rewrite(host: LabHost, path: string, filter: string): Promise<void> {
  await host.mustExec(
    `cp -p ${path} ${path}.kept && { ${filter}; } <${path}.kept >/tmp/spoilt && cat /tmp/spoilt >${path}`,
  );
}

export async function putBack(host: LabHost, path: string): Promise<void> {
  await host.mustExec(`cat ${path}.kept >${path} && rm ${path}.kept`);
}
