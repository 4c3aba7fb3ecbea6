/** What a check is about. */
export const checkTopics = [
  "archive",
  "archive-disk",
  "blind",
  "carried",
  "certificate",
  "clock",
  "compression",
  "config",
  "database",
  "disk",
  "docker",
  "engine",
  "ha",
  "health",
  "host-ip",
  "image",
  "kept",
  "lock",
  "logs",
  "look",
  "manager",
  "metadb",
  "metadb-users",
  "mounts",
  "name",
  "network",
  "options",
  "path",
  "port",
  "ports",
  "project-names",
  "projects",
  "rehearsal-rights",
  "rehearsal-room",
  "rights",
  "run",
  "running",
  "ssh",
  "sudo",
  "tmp",
  "trial",
  "version",
] as const;

export type CheckTopic = (typeof checkTopics)[number];

/** A check's id begins with its topic; behind a dot it tells host, server or region. */
export type CheckId = CheckTopic | `${CheckTopic}.${string}`;

/** The topic of a check; null for one that another version of Uplift made. Pure. */
export function topicOf(id: string): CheckTopic | null {
  const [first] = id.split(/[. ]/);
  return checkTopics.find((topic) => topic === first) ?? null;
}
