import { groupBy } from "../group-by.ts";
import { message, type Render, type Text } from "../message.ts";
import type { Plan } from "../plan.ts";
import { gateWords } from "../run-view/gate-words.ts";
import { hopTitle } from "../run-view/hop-sections.ts";
import { phaseNames } from "../run-view/phase-names.ts";
import { type PlanPhase, planPhases } from "../run-view/plan-phases.ts";
import { type HostNames, hostNames, stepTitle } from "../run-view/step-words.ts";
import type { PlannedCommand, Step } from "../step.ts";
import { fenced, inline, plain } from "./markdown.ts";

/**
 * A plan as a runbook that a DBA could follow by hand, in Markdown: the same steps in the same order
 * with the same commands; what runs at once is said to. Pure.
 *
 * @param hash SHA-256 of the plan, so that the paper can be told to be the plan that was approved
 */
export function runbook(plan: Plan, hash: string, render: Render): string {
  const write: Writer = { names: hostNames([plan]), say: (text) => plain(render(text)) };
  const { say } = write;
  return [
    `# ${say(titleOf(plan))}`,
    say(message("runbook.plan", { plan: "\u0001", hash: "\u0002" }))
      .replace("\u0001", inline(plan.id))
      .replace("\u0002", inline(hash)),
    ...plan.warnings.map((warning) => `> **${say(message("runbook.mind"))}** ${say(warning)}`),
    plan.summary.map((sentence) => `- ${say(sentence)}`).join("\n"),
    hostTable(plan, write),
    serverTable(plan, write),
    render(message("runbook.howToRead")),
    loginFiles(plan, render),
    ...planPhases(plan.steps).map((phase, index) => phaseText(plan, phase, index + 1, write)),
  ]
    .filter((part) => part !== "")
    .join("\n\n")
    .concat("\n");
}

/** What it is written with: the names of the hosts, and the words of the reader, safe in Markdown. */
interface Writer {
  names: HostNames;
  say: Render;
}

function titleOf({ purpose, leg, deploymentName: name, fromVersion: from, toVersion: to }: Plan) {
  if (purpose === "practice") return message("runbook.dryRun", { name, from });
  return leg === "forward"
    ? message("runbook.upgrade", { name, from, to })
    : message("runbook.rollBack", { name, from, to });
}

/** What the descriptors are that commands name; in the words of lib/commands/client-login.ts. */
function loginFiles({ steps }: Plan, render: Render): string {
  const isNamed = steps.some(({ commands }) =>
    commands.some(({ text }) => /=\/dev\/fd\/[78]/.test(text)),
  );
  return isNamed ? render(message("runbook.loginFiles")) : "";
}

function table(head: readonly Text[], rows: readonly string[][], say: Render): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const lines = [line(head.map(say)), `|${"---|".repeat(head.length)}`, ...rows.map(line)];
  return [...new Set(lines)].join("\n");
}

function hostTable({ hosts }: Plan, { say }: Writer): string {
  return table(
    [message("runbook.node"), message("runbook.address"), message("runbook.region")],
    hosts.map(({ name, address, region }) => [say(name), say(address), say(region)]),
    say,
  );
}

/** The database servers that its steps use. */
function serverTable({ steps }: Plan, { say }: Writer): string {
  const servers = steps.flatMap((step) =>
    "route" in step.params ? [step.params.route.server] : [],
  );
  if (servers.length === 0) return "";
  return table(
    [message("runbook.server"), message("runbook.user"), message("runbook.tlsMode")],
    servers.map(({ host, port, user, tls }) => [say(`${host}:${port}`), say(user), tls.mode]),
    say,
  );
}

function phaseText(
  plan: Plan,
  { phase, hop, groups }: PlanPhase,
  number: number,
  write: Writer,
): string {
  const { say } = write;
  const ofHop = hop === null ? "" : ` (${say(hopTitle(plan, hop))})`;
  const heading = `## ${number}. ${say(phaseNames[phase])}${ofHop}`;
  const parts = groups.map((steps) =>
    [
      ...(steps.length > 1 ? [say(message("runbook.atOnce", { steps: steps.length }))] : []),
      ...steps.map((step) => stepText(step, write)),
    ].join("\n\n"),
  );
  return [heading, ...parts].join("\n\n");
}

function stepText(step: Step, write: Writer): string {
  const { names, say } = write;
  const minutes = Math.max(1, Math.round(step.timeoutMs / 60_000));
  const facts = [
    `- ${say(message("runbook.changes", { changes: step.changes }))}`,
    `- ${say(message("runbook.undo", { undo: step.undo }))}`,
    ...(step.after.length > 0
      ? [`- ${say(message("runbook.after"))} ${step.after.map(inline).join(", ")}`]
      : []),
    step.kind === "gate"
      ? `- ${say(message("runbook.meanwhile", { meanwhile: gateWords[step.params.before].meanwhile }))}`
      : `- ${say(message("runbook.lookCloser", { minutes }))}`,
  ];
  const blocks = [...groupBy(step.commands, ({ nodeId, kind }) => `${nodeId} ${kind}`).values()];
  return [
    `### ${say(stepTitle(step, names))} (${inline(step.id)})`,
    facts.join("\n"),
    ...blocks.flatMap((commands) => commandText(commands, write)),
  ].join("\n\n");
}

const languages = { shell: "sh", sql: "sql", http: "http" } as const;

function commandText(commands: readonly PlannedCommand[], { names, say }: Writer): string[] {
  const [first] = commands;
  if (!first) return [];
  const node = names.get(first.nodeId) ?? first.nodeId;
  const place = {
    shell: message("runbook.onNode", { node }),
    sql: message("runbook.onMetadb", { node }),
    http: message("runbook.fromNode", { node }),
  };
  const code = commands.map(({ text }) => text).join("\n");
  return [say(place[first.kind]), fenced(languages[first.kind], code)];
}
