/** A user of a MetaDB, taken apart: `root@oms#obcluster` or `obcluster:oms:root`; plain on MySQL. */
export interface MetadbUser {
  name: string;
  tenant: string | null;
  cluster: string | null;
}

/** Reads either spelling that OBProxy knows (docs/domain, section 1). Pure. */
export function readMetadbUser(user: string): MetadbUser {
  const colons = user.split(":");
  if (colons.length === 3 && !user.includes("@")) {
    const [cluster = "", tenant = "", name = ""] = colons;
    return { name, tenant: tenant || null, cluster: cluster || null };
  }
  const at = user.lastIndexOf("@");
  if (at < 0) return { name: user, tenant: null, cluster: null };
  const [tenant = "", cluster = ""] = user.slice(at + 1).split("#");
  return { name: user.slice(0, at), tenant: tenant || null, cluster: cluster || null };
}

/**
 * How one user relates to another on the same host and port: the same; another account of the same tenant;
 * `unsaid` where only one of them names a cluster, so that a proxy with a default one may lead both to the same
 * tenant; or of another tenant or cluster, and so of another MetaDB. Pure.
 */
export function compareUsers(
  one: string,
  other: string,
): "same" | "other-account" | "unsaid" | "other-tenant" {
  const [a, b] = [readMetadbUser(one), readMetadbUser(other)];
  if (a.tenant !== b.tenant) return "other-tenant";
  if (a.cluster !== b.cluster)
    return a.cluster === null || b.cluster === null ? "unsaid" : "other-tenant";
  return a.name === b.name ? "same" : "other-account";
}
