import type { Fault } from "../fault.ts";
import { config, putBack, rewrite } from "../mounted-files.ts";

/** The MetaDB that OMS uses is not the one that is registered: names are what the node's own files say. */
export const anotherMetadb: Fault[] = [
  {
    what: "a MetaDB by a name that leads elsewhere on the node",
    make: async ({ first }) => {
      await first.mustExec("echo '10.0.0.99 metadb.elsewhere' >>/etc/hosts");
      await rewrite(first, config, "sed 's/^oms_meta_host: .*/oms_meta_host: metadb.elsewhere/'");
    },
    mend: async ({ first }) => {
      await first.mustExec(
        "sed /metadb.elsewhere/d /etc/hosts >/tmp/hosts && cat /tmp/hosts >/etc/hosts",
      );
      await putBack(first, config);
    },
    title: "MetaDB of config.yaml",
    result: "fail",
    evidence:
      /config\.yaml on hz-1 names metadb\.elsewhere:\d+ as oms_meta@site#1; registered is 10\.77\.\d+\.\d+:\d+ as oms_meta@site#1\. These are not the same server/,
    remedy: /Register the MetaDB that OMS uses .*restart OMS there/,
  },
  {
    what: "a user of another tenant",
    make: ({ second }) =>
      rewrite(second, config, "sed \"s/^oms_meta_user: .*/oms_meta_user: 'oms_meta@other#1'/\""),
    mend: ({ second }) => putBack(second, config),
    title: "MetaDB of config.yaml",
    result: "fail",
    evidence: /config\.yaml on hz-2 names \S+ as oms_meta@other#1.* belong to different tenants/,
    remedy: /confirm that in writing/,
  },
];
