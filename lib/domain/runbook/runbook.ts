import { groupBy } from "../group-by.ts";
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
export function runbook(plan: Plan, hash: string): string {
  const names = hostNames([plan]);
  const way =
    plan.purpose === "practice"
      ? `Practise the backup of ${plan.deploymentName} ${plan.fromVersion}`
      : plan.leg === "forward"
        ? `Upgrade ${plan.deploymentName} from ${plan.fromVersion} to ${plan.toVersion}`
        : `Roll back ${plan.deploymentName} from ${plan.toVersion} to ${plan.fromVersion}`;
  return [
    `# ${plain(way)}`,
    `Plan ${inline(plan.id)}, SHA-256 ${inline(hash)}.`,
    ...plan.warnings.map((warning) => `> **Mind:** ${plain(warning)}`),
    plan.summary.map((sentence) => `- ${plain(sentence)}`).join("\n"),
    hostTable(plan),
    serverTable(plan),
    howToRead,
    loginFiles(plan),
    ...planPhases(plan.steps).map((phase, index) => phaseText(plan, phase, index + 1, names)),
  ]
    .filter((part) => part !== "")
    .join("\n\n")
    .concat("\n");
}

const howToRead = `Commands are run as root on the node that is named above them. \`sql\` is run on the MetaDB, which is
reached from that node; a \`?\` stands for a value that is read a moment before. Passwords stand nowhere: the
tools read them from standard input (\`--defaults-extra-file=/dev/stdin\`). A step is begun when the steps
it waits for are done.`;

/** What the descriptors are that commands name; in the words of lib/commands/client-login.ts. */
function loginFiles({ steps }: Plan): string {
  const isNamed = steps.some(({ commands }) =>
    commands.some(({ text }) => /=\/dev\/fd\/[78]/.test(text)),
  );
  return isNamed
    ? "`/dev/fd/7` stands for the CA (without TLS for the server's public key), `/dev/fd/8` for the client certificate with its key; they are kept with the deployment."
    : "";
}

function hostTable({ hosts }: Plan): string {
  const rows = hosts.map(
    ({ name, address, region }) => `| ${plain(name)} | ${plain(address)} | ${plain(region)} |`,
  );
  return ["| Node | Address | Region |", "|---|---|---|", ...rows].join("\n");
}

/** The database servers that its steps use. */
function serverTable({ steps }: Plan): string {
  const servers = steps.flatMap((step) =>
    "route" in step.params ? [step.params.route.server] : [],
  );
  const rows = servers.map(
    ({ host, port, user, tls }) => `| ${plain(`${host}:${port}`)} | ${plain(user)} | ${tls.mode} |`,
  );
  return rows.length === 0
    ? ""
    : ["| Database server | User | TLS mode |", "|---|---|---|", ...new Set(rows)].join("\n");
}

function phaseText(
  plan: Plan,
  { phase, hop, groups }: PlanPhase,
  number: number,
  names: HostNames,
): string {
  const ofHop = hop === null ? "" : ` (${plain(hopTitle(plan, hop))})`;
  const heading = `## ${number}. ${phaseNames[phase]}${ofHop}`;
  const parts = groups.map((steps) =>
    [
      ...(steps.length > 1 ? [`These ${steps.length} steps are done at once:`] : []),
      ...steps.map((step) => stepText(step, names)),
    ].join("\n\n"),
  );
  return [heading, ...parts].join("\n\n");
}

function stepText(step: Step, names: HostNames): string {
  const minutes = Math.round(step.timeoutMs / 60_000);
  const facts = [
    `- Changes: ${plain(step.changes)}`,
    `- Way back: ${plain(step.undo)}`,
    ...(step.after.length > 0 ? [`- After: ${step.after.map(inline).join(", ")}`] : []),
    step.kind === "gate"
      ? `- Meanwhile: ${plain(gateWords[step.params.before].meanwhile)}`
      : `- Look closer after ${minutes < 1 ? "1 min" : `${minutes} min`}`,
  ];
  const blocks = [...groupBy(step.commands, ({ nodeId, kind }) => `${nodeId} ${kind}`).values()];
  return [
    `### ${plain(stepTitle(step, names))} (${inline(step.id)})`,
    facts.join("\n"),
    ...blocks.flatMap((commands) => commandText(commands, names)),
  ].join("\n\n");
}

const languages = { shell: "sh", sql: "sql", http: "http" } as const;

function commandText(commands: readonly PlannedCommand[], names: HostNames): string[] {
  const [first] = commands;
  if (!first) return [];
  const node = plain(names.get(first.nodeId) ?? first.nodeId);
  const place = {
    shell: `On ${node}:`,
    sql: `On the MetaDB, through ${node}:`,
    http: `From ${node}:`,
  };
  const code = commands.map(({ text }) => text).join("\n");
  return [place[first.kind], fenced(languages[first.kind], code)];
}
