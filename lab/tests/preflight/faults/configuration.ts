import { type Fault, sql } from "../fault.ts";
import { config, putBack, rewrite } from "../mounted-files.ts";

/** With HA, an archive and a right, which show beside a file that cannot be read. */
export const filesOfAnotherKind: Fault[] = [
  {
    what: "a config.yaml with a tab",
    make: ({ first }) => rewrite(first, config, String.raw`sed "s/^  - /\t- /"`),
    mend: ({ first }) => putBack(first, config),
    title: "Look at the node",
    result: "fail",
    evidence:
      /config\.yaml on hz-1 is not an OMS configuration: (a tab|it is not valid YAML).* at line \d+/,
    remedy: /Mend \/data\/config\.yaml on hz-1/,
  },
  {
    what: "a config.yaml with a key that stands twice",
    make: ({ second }) => rewrite(second, config, "cat; echo 'drc_rm_db: other'"),
    mend: ({ second }) => putBack(second, config),
    title: "Look at the node",
    result: "fail",
    evidence: /config\.yaml on hz-2 .*a key stands twice at line \d+/,
    remedy: /Mend/,
  },
  {
    what: "no ha.config at all",
    make: sql(
      "update oms_rm.oms_normal_config set cfg_name = 'ha.gone' where cfg_name = 'ha.config'",
    ),
    mend: sql(
      "update oms_rm.oms_normal_config set cfg_name = 'ha.config' where cfg_name = 'ha.gone'",
    ),
    title: "HA setting",
    result: "fail",
    evidence: /There is no ha\.config/,
    remedy: /System Parameters/,
  },
  {
    what: "a tar archive that is no image",
    make: ({ second }) =>
      second.mustExec("tar -C /data -czf /data/images/no-image.tar.gz config.yaml"),
    mend: ({ second }) => second.mustExec("rm /data/images/no-image.tar.gz"),
    title: "Image archive",
    result: "fail",
    evidence: /no-image\.tar\.gz on hz-2 is no image archive: .*no manifest\.json/,
    remedy: /docker save/,
    target: { imageArchive: "/data/images/no-image.tar.gz" },
  },
  {
    what: "a right that the MetaDB's user has lost",
    make: sql("revoke drop on `oms\\_cm`.* from 'oms_meta@site#1'@'%'"),
    mend: sql("grant drop on `oms\\_cm`.* to 'oms_meta@site#1'@'%'"),
    title: "Rights",
    result: "fail",
    evidence: /Missing: DROP on oms_cm/,
    remedy: /Grant the missing rights/,
  },
];

export const unreadableFiles: Fault[] = [
  {
    what: "a config.yaml whose aliases unfold to a billion values",
    make: ({ first }) =>
      rewrite(
        first,
        config,
        `cat; echo 'a0: &a0 x'; for n in 0 1 2 3 4 5 6 7 8; do echo "a$((n+1)): &a$((n+1)) [*a$n, *a$n, *a$n, *a$n, *a$n, *a$n, *a$n, *a$n, *a$n, *a$n]"; done`,
      ),
    mend: ({ first }) => putBack(first, config),
    title: "Look at the node",
    result: "fail",
    evidence: /config\.yaml on hz-1 .*aliases \(\*name\) unfold to more than a configuration/,
    remedy: /Mend/,
  },
  {
    what: "a config.yaml that was saved as UTF-16",
    make: ({ second }) => rewrite(second, config, "iconv -f UTF-8 -t UTF-16LE"),
    mend: ({ second }) => putBack(second, config),
    title: "Look at the node",
    result: "fail",
    evidence: /config\.yaml on hz-2 .*zero bytes: save it as UTF-8/,
    remedy: /Mend/,
  },
];

export const foreignFiles: Fault[] = [
  {
    what: "a config.yaml of something else",
    make: ({ first }) => rewrite(first, config, "echo 'services: {web: {image: nginx}}'"),
    mend: ({ first }) => putBack(first, config),
    title: "Look at the node",
    result: "fail",
    evidence: /config\.yaml on hz-1 .*unusable or missing: oms_meta_host, /,
    remedy: /Mend/,
  },
  {
    what: "a config.yaml of 10 MB",
    make: ({ second }) => rewrite(second, config, "yes '# filler' | head -c 10000000; cat"),
    mend: ({ second }) => putBack(second, config),
    title: "Look at the node",
    result: "fail",
    evidence: /config\.yaml on hz-2 is not an OMS configuration: it is larger than 1 MiB/,
    remedy: /mounted at .*config\.yaml on hz-2/,
  },
];
