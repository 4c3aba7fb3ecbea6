import { DeploymentInput } from "#lib/domain/deployment-input.ts";
import { type DeploymentForm, documentOf, type ServerForm, valueAt } from "./form-model.ts";

/** What is wrong with the form, by field; the same rules as the service's, and what only it knows. */
export function problemsOf(form: DeploymentForm): Record<string, string> {
  const problems: Record<string, string> = {};
  const parsed = DeploymentInput.safeParse(documentOf(form));
  for (const issue of parsed.error?.issues ?? []) {
    const path = formPath(issue.path.join("."));
    problems[path] ??= wordsFor(form, path) ?? issue.message;
  }
  const needPassword = (path: string, server: ServerForm | null) => {
    if (server && !server.stored && server.password === "") {
      problems[`${path}.password`] ??= "Give the password.";
    }
  };
  needPassword("metadb", form.metadb);
  for (const [index, region] of form.regions.entries()) {
    needPassword(`regions.${index}.heartbeatServer`, region.heartbeatServer);
  }
  return problems;
}

/** Where the form has what the document has at a path: a bastion's access is beside the key it showed. */
function formPath(path: string): string {
  return path.replace(/(^|\.)bastion\./, "$1bastion.ssh.");
}

/** Messages of the service at the places of the form. */
export function atFormPaths(fields: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).map(([path, text]) => [formPath(path), text]));
}

/** Words for what is missing, where the schema only knows that it does not fit. */
function wordsFor(form: DeploymentForm, path: string): string | null {
  const value = valueAt(form, path);
  if (typeof value !== "string" || value.trim() !== "") return null;
  const field = path.split(".").at(-1) ?? "";
  const words: Record<string, string> = {
    version: "Give the version that runs now, such as 3.3.0.",
    credentialId: "Choose a credential.",
    hostKeyFingerprint: "Fetch this host's key and pin it.",
    containerName: "Give the container's name.",
    location: "Give a number from 0 to 127.",
    port: "Give a port.",
    rehearseBelowMiB: "Give a size in MiB, 0 to 1048576.",
    refetchMarginMin: "Give minutes, 0 to 1440.",
    keepBackups: "Give a number of upgrades, 0 to 1000.",
    keepBackupDays: "Give days, 0 to 3650.",
    healthTimeoutMin: "Give minutes, 1 to 240.",
    backupDirectory: "Give a directory.",
  };
  return words[field] ?? null;
}

/** The messages with the name of the region or node they are about, for a summary above the form. */
export function namedProblems(
  form: DeploymentForm,
  problems: Record<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(problems).map(([path, text]) => {
      const [, region, node] = /^regions\.(\d+)(?:\.nodes\.(\d+))?\./.exec(path) ?? [];
      if (region === undefined)
        return [path, path.startsWith("metadb.") ? `MetaDB: ${text}` : text];
      const at = form.regions[Number(region)];
      const regionName = at?.name || `Region ${Number(region) + 1}`;
      if (/^regions\.\d+\.bastion\./.test(path)) return [path, `${regionName}, bastion: ${text}`];
      if (node === undefined) return [path, `${regionName}: ${text}`];
      const nodeName = at?.nodes[Number(node)]?.name || `node ${Number(node) + 1}`;
      return [path, `${regionName}, ${nodeName}: ${text}`];
    }),
  );
}
