import type { DeploymentInput } from "#lib/domain/deployment-input.ts";
import { missingParts } from "#lib/domain/tls-modes.ts";
import type { Said } from "#lib/i18n/said.ts";
import type { Translator } from "#lib/i18n/types.ts";
import {
  type DeploymentForm,
  documentOf,
  hasPart,
  type ServerForm,
  valueAt,
} from "./form-model.ts";

/** What is wrong with the form, by field; the same rules as the service's, and what only it knows. */
export function problemsOf(
  form: DeploymentForm,
  rules: typeof DeploymentInput,
  t: Translator<"deployments">,
  said: Said = String,
): Record<string, string> {
  const problems: Record<string, string> = {};
  const parsed = rules.safeParse(documentOf(form));
  for (const issue of parsed.error?.issues ?? []) {
    const path = formPath(issue.path.join("."));
    problems[path] ??= wordsFor(form, path, t) ?? said(issue.message);
  }
  const needSecrets = (path: string, server: ServerForm | null) => {
    if (!server) return;
    if (!server.stored && server.password === "") {
      problems[`${path}.password`] ??= t("giveThePassword");
    }
    for (const { part, message } of missingParts(server.tls.mode, (one) =>
      hasPart(server.tls, one),
    )) {
      problems[`${path}.tls.${part}`] ??= said(message);
    }
  };
  needSecrets("metadb", form.metadb);
  for (const [index, region] of form.regions.entries()) {
    needSecrets(`regions.${index}.heartbeatServer`, region.heartbeatServer);
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
function wordsFor(form: DeploymentForm, path: string, t: Translator<"deployments">): string | null {
  const value = valueAt(form, path);
  if (typeof value !== "string" || value.trim() !== "") return null;
  const field = path.split(".").at(-1) ?? "";
  const words: Record<string, string> = {
    version: t("giveTheVersionThatRuns"),
    credentialId: t("chooseACredential"),
    hostKeyFingerprint: t("fetchThisHostsKeyAnd"),
    containerName: t("giveTheContainersName"),
    location: t("giveANumberFrom0"),
    port: t("giveAPort"),
    rehearseBelowMiB: t("giveASizeInMib"),
    refetchMarginMin: t("giveMinutes0To1440"),
    keepBackups: t("giveANumberOfUpgrades"),
    keepBackupDays: t("giveDays0To3650"),
    healthTimeoutMin: t("giveMinutes1To240"),
    backupDirectory: t("giveADirectory"),
  };
  return words[field] ?? null;
}

/** The messages with the name of the region or node they are about, for a summary above the form. */
export function namedProblems(
  form: DeploymentForm,
  problems: Record<string, string>,
  t: Translator<"deployments">,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(problems).map(([path, text]) => {
      const [, region, node] = /^regions\.(\d+)(?:\.nodes\.(\d+))?\./.exec(path) ?? [];
      if (region === undefined)
        return [
          path,
          path.startsWith("metadb.") ? t("problemAt", { place: "MetaDB", text }) : text,
        ];
      const at = form.regions[Number(region)];
      const regionName = at?.name || t("regionNumber", { number: Number(region) + 1 });
      if (/^regions\.\d+\.bastion\./.test(path))
        return [path, t("problemAtBastion", { region: regionName, text })];
      if (node === undefined) return [path, t("problemAt", { place: regionName, text })];
      const nodeName =
        at?.nodes[Number(node)]?.name || t("nodeNumber", { number: Number(node) + 1 });
      return [path, t("problemAtNode", { region: regionName, node: nodeName, text })];
    }),
  );
}
