import { Disclosure } from "#components/ui/disclosure.tsx";
import { Table, TBody, Td, THead, Th, Tr } from "#components/ui/table.tsx";
import type { Plan } from "#lib/domain/plan.ts";
import type { RunState } from "#lib/domain/run.ts";
import { changesOf } from "#lib/domain/run-view/report.ts";
import { hostNames } from "#lib/domain/run-view/step-words.ts";
import type { NodeSurvey, SurveyComparison } from "#lib/domain/survey.ts";

export interface ChangesPanelProps {
  plan: Plan;
  run: RunState;
}

/** What the upgrade has changed: versions, health and services, tables, states of projects. */
export function ChangesPanel({ plan, run }: ChangesPanelProps) {
  const changes = changesOf(plan, run);
  if (!changes) return null;
  return (
    <Disclosure summary="What is different from before the upgrade" aside={inShort(changes)}>
      <div className="grid gap-4 pt-2">
        <NodesTable nodes={changes.nodes} names={hostNames([plan])} />
        <TablesTable databases={changes.databases} />
        <Projects projects={changes.projects} />
      </div>
    </Disclosure>
  );
}

function inShort({ databases, projects }: SurveyComparison): string {
  const tables = databases.reduce((sum, { tables: one }) => {
    return sum + (one ? one.added.length + one.removed.length + one.altered.length : 0);
  }, 0);
  const states = projects ? `${projects.changed.length} projects` : "projects not read";
  return `${tables} tables, ${states}`;
}

function NodesTable({
  nodes,
  names,
}: {
  nodes: SurveyComparison["nodes"];
  names: ReturnType<typeof hostNames>;
}) {
  return (
    <Table label="Nodes before and after">
      <THead>
        <Th>Node</Th>
        <Th>Image before</Th>
        <Th>Image after</Th>
        <Th>Health</Th>
        <Th>Services</Th>
      </THead>
      <TBody>
        {nodes.map(({ nodeId, before, after }) => (
          <Tr key={nodeId}>
            <Td>{names.get(nodeId) ?? nodeId}</Td>
            <Td label="Before" className="font-mono text-xs">
              {tagOf(before)}
            </Td>
            <Td label="After" className="font-mono text-xs">
              {tagOf(after)}
            </Td>
            <Td label="Health">{healthWords(after)}</Td>
            <Td label="Services">{servicesWords(after)}</Td>
          </Tr>
        ))}
      </TBody>
    </Table>
  );
}

const notRead = "not read";

/** The tag tells the versions apart; the repository is the same. */
function tagOf(node: NodeSurvey | null): string {
  return node?.image ? (node.image.split(":").at(-1) ?? node.image) : notRead;
}

function healthWords(node: NodeSurvey | null): string {
  if (node?.healthy == null) return notRead;
  return node.healthy ? "healthy" : "not healthy";
}

function servicesWords(node: NodeSurvey | null): string {
  if (!node?.services) return notRead;
  const down = Object.entries(node.services).filter(([, state]) => state !== "RUNNING");
  if (down.length === 0) return `all ${Object.keys(node.services).length} run`;
  return down.map(([name, state]) => `${name} ${state}`).join(", ");
}

function TablesTable({ databases }: { databases: SurveyComparison["databases"] }) {
  return (
    <Table label="Tables before and after">
      <THead>
        <Th>Database</Th>
        <Th>New tables</Th>
        <Th>Altered tables</Th>
        <Th>Removed tables</Th>
        <Th>As before</Th>
      </THead>
      <TBody>
        {databases.map(({ database, tables }) => (
          <Tr key={database}>
            <Td className="font-mono text-xs">{database}</Td>
            <Td label="New" className="font-mono text-xs [overflow-wrap:anywhere]">
              {tables ? listed(tables.added) : notRead}
            </Td>
            <Td label="Altered" className="font-mono text-xs [overflow-wrap:anywhere]">
              {tables ? listed(tables.altered) : notRead}
            </Td>
            <Td label="Removed" className="font-mono text-xs [overflow-wrap:anywhere]">
              {tables ? listed(tables.removed) : notRead}
            </Td>
            <Td label="As before">{tables ? tables.same : notRead}</Td>
          </Tr>
        ))}
      </TBody>
    </Table>
  );
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.join(", ");
}

function Projects({ projects }: { projects: SurveyComparison["projects"] }) {
  if (!projects) return <p className="text-muted text-sm">The projects could not be read.</p>;
  const { changed, same } = projects;
  if (changed.length === 0) {
    return <p className="text-muted text-sm">All {same} projects are in the state they were in.</p>;
  }
  return (
    <Table label="Projects whose state is another">
      <THead>
        <Th>Project</Th>
        <Th>Kind</Th>
        <Th>Before</Th>
        <Th>After</Th>
      </THead>
      <TBody>
        {changed.map(({ project, before, after }) => (
          <Tr key={`${project.kind} ${project.id}`}>
            <Td className="[overflow-wrap:anywhere]">{project.name}</Td>
            <Td label="Kind">{project.kind}</Td>
            <Td label="Before">{before ?? "was not there"}</Td>
            <Td label="After">{after ?? "is gone"}</Td>
          </Tr>
        ))}
      </TBody>
    </Table>
  );
}
