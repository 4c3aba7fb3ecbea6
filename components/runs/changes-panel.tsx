import { Disclosure } from "#components/ui/disclosure.tsx";
import { Table, TBody, Td, THead, Th, Tr } from "#components/ui/table.tsx";
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
    <Table label={t("nodesBeforeAndAfter")}>
      <THead>
        <Th>{t("node")}</Th>
        <Th>{t("imageBefore")}</Th>
        <Th>{t("imageAfter")}</Th>
        <Th>{t("health")}</Th>
        <Th>{t("services")}</Th>
      </THead>
      <TBody>
        {nodes.map(({ nodeId, before, after }) => (
          <Tr key={nodeId}>
            <Td>{names.get(nodeId) ?? nodeId}</Td>
            <Td label={t("before")} className="font-mono text-xs">
              {tagOf(before) ?? t("notRead")}
            </Td>
            <Td label={t("after")} className="font-mono text-xs">
              {tagOf(after) ?? t("notRead")}
            </Td>
            <Td label={t("health")}>{healthWords(after, t)}</Td>
            <Td label={t("services")}>{servicesWords(after, t)}</Td>
          </Tr>
        ))}
      </TBody>
    </Table>
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
  return (
    <Table label={t("tablesBeforeAndAfter")}>
      <THead>
        <Th>{t("database")}</Th>
        <Th>{t("newTables")}</Th>
        <Th>{t("alteredTables")}</Th>
        <Th>{t("removedTables")}</Th>
        <Th>{t("asBefore")}</Th>
      </THead>
      <TBody>
        {databases.map(({ database, tables }) => (
          <Tr key={database}>
            <Td className="font-mono text-xs">{database}</Td>
            <Td label={t("new")} className="font-mono text-xs [overflow-wrap:anywhere]">
              {tables ? listed(t, tables.added) : t("notRead")}
            </Td>
            <Td label={t("altered")} className="font-mono text-xs [overflow-wrap:anywhere]">
              {tables ? listed(t, tables.altered) : t("notRead")}
            </Td>
            <Td label={t("removed")} className="font-mono text-xs [overflow-wrap:anywhere]">
              {tables ? listed(t, tables.removed) : t("notRead")}
            </Td>
            <Td label={t("asBefore")}>{tables ? tables.same : t("notRead")}</Td>
          </Tr>
        ))}
      </TBody>
    </Table>
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
    <Table label={t("projectsChanged")}>
      <THead>
        <Th>{t("project")}</Th>
        <Th>{t("kind")}</Th>
        <Th>{t("before")}</Th>
        <Th>{t("after")}</Th>
      </THead>
      <TBody>
        {changed.map(({ project, before, after }) => (
          <Tr key={`${project.kind} ${project.id}`}>
            <Td className="[overflow-wrap:anywhere]">{project.name}</Td>
            <Td label={t("kind")}>{t(`projectKinds.${project.kind}`)}</Td>
            <Td label={t("before")}>{before ?? t("wasNotThere")}</Td>
            <Td label={t("after")}>{after ?? t("isGone")}</Td>
          </Tr>
        ))}
      </TBody>
    </Table>
  );
}
