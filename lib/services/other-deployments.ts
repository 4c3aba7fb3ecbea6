import type { DeploymentId } from "#lib/domain/ids.ts";
import type { OtherDeployment } from "#lib/domain/metadb-use.ts";
import { db } from "#lib/store/client.ts";

/** What is read of a deployment: the names of its databases and where they are. */
const columns = {
  ...{ name: true, metaHost: true, metaPort: true, rmDatabase: true, cmDatabase: true },
  regions: { select: { heartbeatDatabase: true, heartbeatHost: true, heartbeatPort: true } },
} as const;

/**
 * The other deployments that are registered on the servers of one, by host and port as they are written: one entry for
 * each server. For services and the engine, which have checked who asks.
 */
export async function otherDeployments(id: DeploymentId): Promise<OtherDeployment[]> {
  const own = await db().deployment.findUnique({ where: { id }, select: columns });
  if (!own) return [];
  const servers = serversOf(own).map(({ host, port }) => ({ host, port }));
  const there = await db().deployment.findMany({
    where: {
      ...{ id: { not: id }, deletedAt: null },
      OR: servers.flatMap(({ host, port }) => [
        { metaHost: host, metaPort: port },
        { regions: { some: { heartbeatHost: host, heartbeatPort: port } } },
      ]),
    },
    orderBy: { name: "asc" },
    select: columns,
  });
  return there.flatMap((one) =>
    serversOf(one)
      .filter(({ host, port }) => servers.some((at) => at.host === host && at.port === port))
      .map(({ host, port, databases }) => ({
        name: one.name,
        at: `${host}:${port}`,
        databases,
      })),
  );
}

interface Row {
  metaHost: string;
  metaPort: number;
  rmDatabase: string;
  cmDatabase: string;
  regions: {
    heartbeatDatabase: string;
    heartbeatHost: string | null;
    heartbeatPort: number | null;
  }[];
}

/** Each server with the databases that are on it. */
function serversOf({ metaHost, metaPort, rmDatabase, cmDatabase, regions }: Row) {
  const all = [
    ...[rmDatabase, cmDatabase].map((database) => ({ host: metaHost, port: metaPort, database })),
    ...regions.map(({ heartbeatDatabase: database, heartbeatHost, heartbeatPort }) => ({
      ...{ host: heartbeatHost ?? metaHost, port: heartbeatPort ?? metaPort, database },
    })),
  ];
  return [...Map.groupBy(all, ({ host, port }) => `${host}:${port}`).values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const databases = group.map(({ database }) => database);
    return [{ host: first.host, port: first.port, databases }];
  });
}
