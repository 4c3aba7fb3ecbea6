import { type InitOverrule, InitOverrules } from "#lib/domain/init-decision.ts";
import type { UpgradeTarget } from "#lib/domain/plan.ts";
import { Gate } from "#lib/domain/step.ts";
import { compareVersions } from "#lib/domain/versions.ts";
import { type Catalogue, upgradePath } from "#lib/oms/catalogue.ts";

/** What the first step of the wizard holds; it is kept in the address, so nothing typed is lost. */
export interface TargetForm {
  version: string;
  image: string;
  containerName: string;
  imageArchive: string;
  unlistedPathReason: string;
  /** Where the run is to wait for an approval. */
  gates: Gate[];
  /** What was decided against the files of a region, on an earlier visit to the checks. */
  initOverrules: InitOverrule[];
}

/** The boxes that hold a text. */
type TextKey = Exclude<keyof TargetForm, "gates" | "initOverrules">;

const keys = [
  "version",
  "image",
  "containerName",
  "imageArchive",
  "unlistedPathReason",
] as const satisfies readonly TextKey[];

export interface VersionChoice {
  version: string;
  documented: boolean;
}

/** The newer releases of the catalogue: those documented from this one first, the newest last. */
export function versionChoices(from: string, catalogue: Catalogue): VersionChoice[] {
  return catalogue.releases
    .filter((release) => compareVersions(release.version, from) > 0)
    .map(({ version }) => ({
      version,
      documented: upgradePath(from, version, catalogue).unlisted === null,
    }))
    .sort(
      (a, b) =>
        Number(b.documented) - Number(a.documented) || compareVersions(a.version, b.version),
    );
}

/** The name of the old container with the new version in it: `oms_330` becomes `oms_331`. */
export function suggestedContainerName(current: string, from: string, to: string): string {
  if (!/^\d+\.\d+\.\d+$/.test(to)) return "";
  for (const separator of ["", ".", "-", "_"]) {
    const [old, next] = [from, to].map((version) => version.split(".").join(separator));
    if (old && next && current.includes(old)) return current.replace(old, next);
  }
  return `oms_${to.split(".").join("")}`;
}

/** What the wizard begins with: the address, else the plan that is looked at, else a proposal. */
export function initialTarget(
  search: Record<string, string | string[] | undefined>,
  planned: UpgradeTarget | null,
  deployment: { version: string; containerName: string },
  choices: readonly VersionChoice[],
): TargetForm {
  const text = (key: string) => {
    const value = search[key];
    return typeof value === "string" ? value : null;
  };
  if (planned) {
    return {
      ...planned,
      imageArchive: planned.imageArchive ?? "",
      unlistedPathReason: planned.unlistedPathReason ?? "",
    };
  }
  const first = choices.find((choice) => choice.documented);
  const version = text("version") ?? first?.version ?? "";
  const { containerName, version: from } = deployment;
  return {
    version,
    gates: gatesIn(text("gates")),
    initOverrules: overrulesIn(text("initOverrules")),
    image: text("image") ?? "",
    containerName: text("containerName") ?? suggestedContainerName(containerName, from, version),
    imageArchive: text("imageArchive") ?? "",
    unlistedPathReason: text("unlistedPathReason") ?? "",
  };
}

/** The gates that an address names; anything else in it is left alone. */
function gatesIn(text: string | null): Gate[] {
  const named = text?.split(" ") ?? [];
  return Gate.options.filter((gate) => named.includes(gate));
}

/** The overrules that an address keeps; one that was tampered with keeps none. */
function overrulesIn(text: string | null): InitOverrule[] {
  try {
    return InitOverrules.safeParse(JSON.parse(text ?? "[]")).data ?? [];
  } catch {
    return [];
  }
}

/** The query that keeps what was typed. */
export function targetQuery(target: TargetForm): string {
  const query = new URLSearchParams();
  for (const key of keys) if (target[key] !== "") query.set(key, target[key]);
  if (target.gates.length > 0) query.set("gates", target.gates.join(" "));
  if (target.initOverrules.length > 0) {
    query.set("initOverrules", JSON.stringify(target.initOverrules));
  }
  return query.toString();
}

/** What an address keeps of an earlier visit; null when it keeps nothing. */
export function targetInQuery(query: string): TargetForm | null {
  const kept = new URLSearchParams(query);
  if (!kept.has("version") && !kept.has("image")) return null;
  const text = (key: TextKey) => kept.get(key) ?? "";
  return {
    version: text("version"),
    gates: gatesIn(kept.get("gates")),
    initOverrules: overrulesIn(kept.get("initOverrules")),
    image: text("image"),
    containerName: text("containerName"),
    imageArchive: text("imageArchive"),
    unlistedPathReason: text("unlistedPathReason"),
  };
}

/** What is sent: boxes that were left empty are absent. */
export function targetDocument(target: TargetForm) {
  return {
    ...target,
    imageArchive: target.imageArchive.trim() || null,
    unlistedPathReason: target.unlistedPathReason.trim() || null,
  };
}
