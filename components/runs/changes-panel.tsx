import { DataTable } from "#components/ui/data-table.tsx";
import { Disclosure } from "#components/ui/disclosure.tsx";
import { useTranslations } from "#i18n";
import type { Plan } from "#lib/domain/plan.ts";
import type { RunState } from "#lib/domain/run.ts";
import { changesOf } from "#lib/domain/run-view/report.ts";
import { hostNames } from "#lib/domain/run-view/step-words.ts";
import type { NodeSurvey, SurveyComparison } from "#lib/domain/survey.ts";
import type { Translator } from "#lib/i18n/types.ts";

export interface ChangesPanelProps {
  plan: Plan;
  run: RunState;
}

/** What the upgrade has changed: versions, health and services, tables, states of projects. */
export function ChangesPanel({ plan, run }: ChangesPanelProps) {
  const t = useTranslations("runs");
  const changes = changesOf(plan, run);
  if (!changes) return null;
  return (
    <Disclosure summary={t("whatIsDifferent")} aside={inShort(changes, t)}>
      <div className="grid gap-4 pt-2">
        <NodesTable nodes={changes.nodes} names={hostNames([plan])} />
        <TablesTable databases={changes.databases} />
        <Projects projects={changes.projects} />
      </div>
    </Disclosure>
  );
}

function inShort({ databases, projects }: SurveyComparison, t: Translator<"runs">): string {
  const tables = databases.reduce((sum, { tables: one }) => {
    return sum + (one ? one.added.length + one.removed.length + one.altered.length : 0);
  }, 0);
  return projects
    ? t("changedInShort", { tables, projects: projects.changed.length })
    : t("changedTables", { tables });
}

function NodesTable({
  nodes,
  names,
}: {
  nodes: SurveyComparison["nodes"];
  names: ReturnType<typeof hostNames>;
}) {
  const t = useTranslations("runs");
  return (
    <DataTable
      label={t("nodesBeforeAndAfter")}
      rows={nodes}
      rowKey={({ nodeId }) => nodeId}
      columns={[
        { name: t("node"), cell: ({ nodeId }) => names.get(nodeId) ?? nodeId },
        {
          name: t("imageBefore"),
          className: "font-mono text-xs",
          cell: ({ before }) => tagOf(before) ?? t("notRead"),
        },
        {
          name: t("imageAfter"),
          className: "font-mono text-xs",
          cell: ({ after }) => tagOf(after) ?? t("notRead"),
        },
        { name: t("health"), cell: ({ after }) => healthWords(after, t) },
        { name: t("services"), cell: ({ after }) => servicesWords(after, t) },
      ]}
    />
  );
}

/** The tag tells the versions apart; the repository is the same. */
function tagOf(node: NodeSurvey | null): string | null {
  return node?.image ? (node.image.split(":").at(-1) ?? node.image) : null;
}

function healthWords(node: NodeSurvey | null, t: Translator<"runs">): string {
  if (node?.healthy == null) return t("notRead");
  return node.healthy ? t("healthy") : t("notHealthy");
}

function servicesWords(node: NodeSurvey | null, t: Translator<"runs">): string {
  if (!node?.services) return t("notRead");
  const down = Object.entries(node.services).filter(([, state]) => state !== "RUNNING");
  if (down.length === 0) return t("allRun", { count: Object.keys(node.services).length });
  return down.map(([name, state]) => `${name} ${state}`).join(", ");
}

function TablesTable({ databases }: { databases: SurveyComparison["databases"] }) {
  const t = useTranslations("runs");
  const names = { className: "font-mono text-xs [overflow-wrap:anywhere]" };
  return (
    <DataTable
      label={t("tablesBeforeAndAfter")}
      rows={databases}
      rowKey={({ database }) => database}
      columns={[
        {
          name: t("database"),
          className: "font-mono text-xs",
          cell: ({ database }) => database,
        },
        {
          ...names,
          name: t("newTables"),
          cell: ({ tables }) => (tables ? listed(t, tables.added) : t("notRead")),
        },
        {
          ...names,
          name: t("alteredTables"),
          cell: ({ tables }) => (tables ? listed(t, tables.altered) : t("notRead")),
        },
        {
          ...names,
          name: t("removedTables"),
          cell: ({ tables }) => (tables ? listed(t, tables.removed) : t("notRead")),
        },
        { name: t("asBefore"), cell: ({ tables }) => (tables ? tables.same : t("notRead")) },
      ]}
    />
  );
}

function listed(t: Translator<"runs">, names: readonly string[]): string {
  return names.length === 0 ? t("none") : names.join(", ");
}

function Projects({ projects }: { projects: SurveyComparison["projects"] }) {
  const t = useTranslations("runs");
  if (!projects) return <p className="text-muted text-sm">{t("projectsNotRead")}</p>;
  const { changed, same } = projects;
  if (changed.length === 0) {
    return <p className="text-muted text-sm">{t("projectsSame", { same })}</p>;
  }
  return (
    <DataTable
      label={t("projectsChanged")}
      rows={changed}
      rowKey={({ project }) => `${project.kind} ${project.id}`}
      columns={[
        {
          name: t("project"),
          className: "[overflow-wrap:anywhere]",
          cell: ({ project }) => project.name,
        },
        { name: t("kind"), cell: ({ project }) => t(`projectKinds.${project.kind}`) },
        { name: t("before"), cell: ({ before }) => before ?? t("wasNotThere") },
        { name: t("after"), cell: ({ after }) => after ?? t("isGone") },
      ]}
    />
  );
}
