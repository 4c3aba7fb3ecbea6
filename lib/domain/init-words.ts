import type { InitDecision, InitMode } from "./init-decision.ts";

/** Where docker_init.sh runs, in a few words. Pure. */
export function placeWords({ mode, nodes }: Pick<InitDecision, "mode" | "nodes">): string {
  const [first = "its node"] = nodes;
  if (nodes.length === 1) return `on ${first}`;
  return mode === "once"
    ? `once, on ${first}, for ${nodes.length === 2 ? "both" : `all ${nodes.length}`} nodes`
    : `on each of its ${nodes.length} nodes, one after another`;
}

/** What the decision rests on, in a sentence. Pure. */
export function evidenceWords({ nodes, differences, ruled, region }: InitDecision): string {
  if (nodes.length === 1) return `${region} has one node.`;
  if (ruled === "once") return "All its nodes say the same in config.yaml, formatting aside.";
  const keys = differences.map(({ key }) => key);
  const named = keys.slice(0, 5).join(", ");
  const more = keys.length > 5 ? ` and ${keys.length - 5} more` : "";
  return keys.length === 0
    ? "Its nodes' config.yaml files are not the same."
    : `Its nodes' config.yaml files differ in ${named}${more}.`;
}

/** What goes wrong if an overrule is mistaken. Pure. */
export function riskOf(mode: InitMode): string {
  return mode === "once"
    ? "Settings that stand only in the other nodes' files are not initialised, and those nodes may never become healthy. Right when the difference is of no matter to docker_init.sh."
    : "docker_init.sh changes the same databases once for every node, one after another: the outage is longer. Right when the nodes differ in something that config.yaml does not show.";
}
