import {
  createLoader,
  createSerializer,
  parseAsArrayOf,
  parseAsJson,
  parseAsString,
  parseAsStringLiteral,
  type SearchParams,
} from "nuqs/server";
import { gates } from "#lib/domain/gates.ts";
import type { InitOverrule } from "#lib/domain/init-decision.ts";
import type { Confirmation } from "#lib/domain/metadb-use.ts";
import type { UpgradeTarget } from "#lib/domain/plan.ts";
import type { Gate } from "#lib/domain/step.ts";
import { compareVersions } from "#lib/domain/versions.ts";
import type { Catalogue } from "#lib/oms/catalogue.ts";
import { upgradeWays } from "#lib/oms/upgrade-chain.ts";
import { upgradePath } from "#lib/oms/upgrade-path.ts";

/** What is typed of one release: the target, or one on the way there. */
export interface HopForm {
  version: string;
  image: string;
  containerName: string;
  imageArchive: string;
}

/** What the first step of the wizard holds; it is kept in the address, so nothing typed is lost. */
export interface TargetForm extends HopForm {
  unlistedPathReason: string;
  /** The releases on the way, in their order; none for a direct upgrade. */
  via: HopForm[];
  /** Where the run is to wait for an approval. */
  gates: Gate[];
  /** What was decided against the files of a region, on an earlier visit to the checks. */
  initOverrules: InitOverrule[];
  /** What was put in writing on an earlier visit to the checks. */
  confirmed: Confirmation[];
}

const hopKeys = ["version", "image", "containerName", "imageArchive"] as const;

const text = parseAsString.withDefault("");

/** What was tampered with in an address counts as if it were not there. */
const params = {
  version: text,
  image: text,
  containerName: text,
  imageArchive: text,
  unlistedPathReason: text,
  via: parseAsJson((value) => listOf<HopForm>(value, hopKeys)).withDefault([]),
  gates: parseAsArrayOf(parseAsStringLiteral(gates), " ").withDefault([]),
  initOverrules: parseAsJson((value) =>
    listOf<InitOverrule>(value, ["regionId", "mode", "reason"]),
  ).withDefault([]),
  confirmed: parseAsJson((value) => listOf<Confirmation>(value, ["key", "reason"])).withDefault([]),
};

const load = createLoader(params);

/** The address that keeps what was typed. */
export const targetHref = createSerializer(params);

export interface VersionChoice {
  version: string;
  /** One upgrade leads there. */
  documented: boolean;
  /** The releases on the way of a documented chain, where there is one. */
  over: string[] | null;
}

/**
 * The newer releases of the catalogue: those documented from this one first, then those that a chain of
 * documented upgrades leads to, the newest last.
 */
export function versionChoices(from: string, catalogue: Catalogue): VersionChoice[] {
  const rank = ({ documented, over }: VersionChoice) => (documented ? 0 : over ? 1 : 2);
  return catalogue.releases
    .filter((release) => compareVersions(release.version, from) > 0)
    .map(({ version }) => ({
      version,
      documented: upgradePath(from, version, catalogue).unlisted === null,
      over: upgradeWays(from, version, catalogue).chain?.slice(0, -1) ?? null,
    }))
    .sort((a, b) => rank(a) - rank(b) || compareVersions(a.version, b.version));
}

/** What is proposed for the releases on the way, with names like that of the container that runs. */
export function hopForms(
  versions: readonly string[],
  deployment: { version: string; containerName: string },
): HopForm[] {
  const { containerName, version: from } = deployment;
  return versions.map((version) => ({
    version,
    image: "",
    containerName: suggestedContainerName(containerName, from, version),
    imageArchive: "",
  }));
}

/** What is proposed for a version that was chosen: one upgrade where that is documented, else the chain. */
export function proposalFor(
  version: string,
  deployment: { version: string; containerName: string },
  choices: readonly VersionChoice[],
): Pick<TargetForm, "version" | "image" | "containerName" | "via"> {
  const { containerName, version: from } = deployment;
  const choice = choices.find((one) => one.version === version);
  return {
    version,
    image: "",
    containerName: suggestedContainerName(containerName, from, version),
    via: choice?.documented ? [] : hopForms(choice?.over ?? [], deployment),
  };
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
  search: SearchParams,
  planned: UpgradeTarget | null,
  deployment: { version: string; containerName: string },
  choices: readonly VersionChoice[],
): TargetForm {
  if (planned) {
    return {
      ...planned,
      imageArchive: planned.imageArchive ?? "",
      via: planned.via.map((hop) => ({ ...hop, imageArchive: hop.imageArchive ?? "" })),
      unlistedPathReason: planned.unlistedPathReason ?? "",
    };
  }
  const typed = load(search);
  const first = choices.find((choice) => choice.documented) ?? choices.find(({ over }) => over);
  const proposal = proposalFor(typed.version || (first?.version ?? ""), deployment, choices);
  return {
    ...typed,
    version: proposal.version,
    via: typed.version === "" ? proposal.via : typed.via,
    containerName: typed.containerName || proposal.containerName,
  };
}

/** What an address keeps of an earlier visit; null when it keeps nothing. */
export function targetInQuery(query: string): TargetForm | null {
  const kept = load(new URLSearchParams(query));
  return kept.version === "" && kept.image === "" ? null : kept;
}

/** A list of things that have these texts: the service checks what is in them. */
function listOf<Thing>(value: unknown, texts: readonly (keyof Thing & string)[]): Thing[] | null {
  const fits = (one: unknown) =>
    typeof one === "object" &&
    one !== null &&
    texts.every((key) => typeof (one as Record<string, unknown>)[key] === "string");
  return Array.isArray(value) && value.every(fits) ? value : null;
}

/** What is sent: boxes that were left empty are absent. */
export function targetDocument(target: TargetForm) {
  return {
    ...target,
    imageArchive: target.imageArchive.trim() || null,
    via: target.via.map((hop) => ({ ...hop, imageArchive: hop.imageArchive.trim() || null })),
    unlistedPathReason: target.unlistedPathReason.trim() || null,
  };
}
