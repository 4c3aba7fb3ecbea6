import { z } from "zod";
import { NodeId } from "./ids.ts";
import type { StepKind } from "./step.ts";

/** A migration or synchronization project of OMS, as the rm database knows it. */
export const Project = z.object({
  kind: z.enum(["migration", "synchronization"]),
  id: z.string(),
  name: z.string(),
  status: z.string(),
});
export type Project = z.infer<typeof Project>;

/** A node at one moment of a run; null stands for what could not be read. */
export const NodeSurvey = z.object({
  nodeId: NodeId,
  image: z.string().nullable(),
  healthy: z.boolean().nullable(),
  /** State of each service that supervisord runs, by its name. */
  services: z.record(z.string(), z.string()).nullable(),
});
export type NodeSurvey = z.infer<typeof NodeSurvey>;

/** For each table of a database a fingerprint of its columns. */
export const DatabaseSurvey = z.object({
  database: z.string(),
  tables: z.record(z.string(), z.string()).nullable(),
});
export type DatabaseSurvey = z.infer<typeof DatabaseSurvey>;

/** A MySQL server at one moment of a run. */
export const MetadbSurvey = z.object({
  databases: z.array(DatabaseSurvey),
  /** Null also where no rm database is. */
  projects: z.array(Project).nullable(),
});
export type MetadbSurvey = z.infer<typeof MetadbSurvey>;

/** The whole service at one moment of a run. */
export interface Survey extends MetadbSurvey {
  nodes: NodeSurvey[];
}

/**
 * What the steps of a leg saw at one moment; null when none of them has looked.
 *
 * @param outputs of the steps, in the order of the plan
 */
export function surveyFrom(
  steps: readonly { kind: StepKind; moment: unknown; output: unknown }[],
  moment: "before" | "after",
): Survey | null {
  const survey: Survey = { nodes: [], databases: [], projects: null };
  for (const step of steps) {
    if (step.moment !== moment) continue;
    const node = NodeSurvey.safeParse(step.kind === "node.survey" ? step.output : null);
    if (node.success) survey.nodes.push(node.data);
    const server = MetadbSurvey.safeParse(step.kind === "metadb.survey" ? step.output : null);
    if (!server.success) continue;
    survey.databases.push(...server.data.databases);
    survey.projects ??= server.data.projects;
  }
  return survey.nodes.length + survey.databases.length === 0 ? null : survey;
}

export interface NodeChange {
  nodeId: NodeId;
  before: NodeSurvey | null;
  after: NodeSurvey | null;
}

export interface DatabaseChange {
  database: string;
  /** Null: one of the two surveys could not read the database. */
  tables: { added: string[]; removed: string[]; altered: string[]; same: number } | null;
}

export interface ProjectChange {
  project: Pick<Project, "kind" | "id" | "name">;
  /** Null: it was not there. */
  before: string | null;
  after: string | null;
}

export interface SurveyComparison {
  nodes: NodeChange[];
  databases: DatabaseChange[];
  /** Null: one of the two surveys could not read them. */
  projects: { changed: ProjectChange[]; same: number } | null;
}

/** What an upgrade or a rollback has changed, from what was seen before and after it. Pure. */
export function compareSurveys(before: Survey, after: Survey): SurveyComparison {
  const nodeIds = unionOf(before.nodes, after.nodes, ({ nodeId }) => nodeId);
  const names = unionOf(before.databases, after.databases, ({ database }) => database);
  return {
    nodes: nodeIds.map((nodeId) => ({
      nodeId,
      before: before.nodes.find((node) => node.nodeId === nodeId) ?? null,
      after: after.nodes.find((node) => node.nodeId === nodeId) ?? null,
    })),
    databases: names.map((database) => {
      const of = ({ databases }: Survey) => databases.find((one) => one.database === database);
      return { database, tables: compareTables(of(before)?.tables, of(after)?.tables) };
    }),
    projects: compareProjects(before.projects, after.projects),
  };
}

type Tables = DatabaseSurvey["tables"];

function compareTables(before: Tables | undefined, after: Tables | undefined) {
  if (!before || !after) return null;
  const [was, is] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  const kept = [...was.keys()].filter((name) => is.has(name));
  const altered = kept.filter((name) => was.get(name) !== is.get(name));
  return {
    added: [...is.keys()].filter((name) => !was.has(name)).sort(),
    removed: [...was.keys()].filter((name) => !is.has(name)).sort(),
    altered: altered.sort(),
    same: kept.length - altered.length,
  };
}

function compareProjects(before: Project[] | null, after: Project[] | null) {
  if (!before || !after) return null;
  const key = ({ kind, id }: Project) => `${kind} ${id}`;
  const [was, is] = [before, after].map((list) => new Map(list.map((one) => [key(one), one])));
  const all = new Map([...(was ?? []), ...(is ?? [])]);
  const changed = [...all.entries()].flatMap(([id, { kind, name, ...rest }]): ProjectChange[] => {
    const [then, now] = [was?.get(id)?.status ?? null, is?.get(id)?.status ?? null];
    return then === now ? [] : [{ project: { kind, name, id: rest.id }, before: then, after: now }];
  });
  return { changed, same: all.size - changed.length };
}

function unionOf<T, Key>(some: readonly T[], others: readonly T[], key: (one: T) => Key): Key[] {
  return [...new Set([...some, ...others].map(key))];
}
