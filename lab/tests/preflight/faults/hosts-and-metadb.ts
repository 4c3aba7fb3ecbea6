import { type Fault, sql } from "../fault.ts";
import { certificate, config, putBack, rewrite } from "../mounted-files.ts";

export const onHostsAndMetadb: Fault[] = [
  {
    what: "a clock that is off",
    make: ({ first }) => first.setClockSkew(120),
    mend: ({ first }) => first.setClockSkew(0),
    title: "Clock",
    result: "warning",
    evidence: /1(19|2\d)\.\d s ahead/,
    remedy: /NTP/,
  },
  {
    what: "a disk too small for logs",
    make: ({ first }) => first.limitDisk("/data/oms/oms_logs", 20),
    mend: ({ first }) => first.unlimitDisk("/data/oms/oms_logs"),
    title: "Disk for logs",
    result: "warning",
    evidence: /MiB free for the logs of OMS in \/data\/oms\/oms_logs on hz-1/,
    remedy: /Make room/,
  },
  {
    what: "no room in /tmp",
    make: ({ second }) => second.limitDisk("/tmp", 1),
    mend: ({ second }) => second.unlimitDisk("/tmp"),
    title: "Room in /tmp",
    result: "fail",
    evidence: /MiB free in \/tmp on hz-2/,
    remedy: /Make room in \/tmp on hz-2/,
  },
  {
    what: "a certificate that ends in a week",
    make: ({ first }) =>
      rewrite(
        first,
        certificate,
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 7 -subj /CN=oms.lab -keyout /dev/null",
      ),
    mend: ({ first }) => putBack(first, certificate),
    title: "HTTPS certificate",
    result: "warning",
    evidence: /https_crt is good until \d{4}-\d\d-\d\d, 6 days from now/,
    remedy: /Replace it/,
  },
  {
    what: "a certificate that is none",
    make: ({ second }) => rewrite(second, certificate, "echo nonsense"),
    mend: ({ second }) => putBack(second, certificate),
    title: "HTTPS certificate",
    result: "fail",
    evidence: /https_crt on hz-2: it is not a certificate in PEM/,
    remedy: /PEM/,
  },
  {
    what: "a port that another program holds",
    make: async ({ first }) => {
      await rewrite(first, config, "cat; echo 'cm_server_port: 9988'");
      await first.mustExec(
        `setsid perl -MIO::Socket::INET -e 'my $socket = IO::Socket::INET->new(LocalPort => 9988, Listen => 1) or die; print "up\n"; STDOUT->flush; close STDOUT; sleep 600' </dev/null >/run/other-program 2>&1 & echo $! >/run/other-program.pid; until grep -q up /run/other-program; do sleep 0.05; done`,
      );
    },
    mend: async ({ first }) => {
      await first.mustExec("kill $(cat /run/other-program.pid)");
      await putBack(first, config);
    },
    title: "Port 9988",
    result: "fail",
    evidence: /^perl, which is not part of oms_330, listens on port 9988 of hz-1/,
    remedy: /Stop that program/,
  },
  {
    what: "a node that is not registered, and a registered one that cm_nodes lacks",
    make: ({ second }) => rewrite(second, config, String.raw`sed "s/^  - .*\.11$/  - 10.0.0.99/"`),
    mend: ({ second }) => putBack(second, config),
    title: "config.yaml",
    result: "fail",
    evidence:
      /registered nodes not in cm_nodes 10\.77\.\d+\.11; unregistered cm_nodes 10\.0\.0\.99/,
    remedy: /Correct the deployment in Uplift, or the file on the node/,
  },
  {
    what: "two projects of one name on the way to 4.0.0",
    make: sql(
      "insert into oms_rm.oms_sync_project (project_id, project_name, project_status) values ('twice', 'sync-orders-1', 'RUNNING')",
    ),
    mend: sql("delete from oms_rm.oms_sync_project where project_id = 'twice'"),
    title: "Project names",
    result: "fail",
    evidence: /sync-orders-1 \(synchronization\)/,
    remedy: /Rename/,
    target: { version: "4.0.0", unlistedPathReason: "a test" },
  },
  {
    what: "a table without transactions",
    make: sql("create table oms_cm.without_transactions (id int) engine = MyISAM"),
    mend: sql("drop table oms_cm.without_transactions"),
    title: "Tables of oms_cm",
    result: "warning",
    evidence: /oms_cm has tables of the engine MyISAM/,
    remedy: /nobody but OMS writes/,
  },
  {
    what: "an ha.config that is not JSON",
    make: sql(
      "update oms_rm.oms_normal_config set description = cfg_value, cfg_value = 'enable=true' where cfg_name = 'ha.config'",
    ),
    mend: sql(
      "update oms_rm.oms_normal_config set cfg_value = description, description = '高可用配置' where cfg_name = 'ha.config'",
    ),
    title: "HA setting",
    result: "fail",
    evidence: /not JSON: enable=true/,
    remedy: /System Parameters/,
  },
  {
    what: "an archive that holds another image",
    make: ({ second }) =>
      second.mustExec(
        `cd /tmp && echo '[{"RepoTags":["oms:another"]}]' >manifest.json && tar -cf /data/images/another.tar manifest.json && rm manifest.json`,
      ),
    mend: ({ second }) => second.mustExec("rm /data/images/another.tar"),
    title: "Image archive",
    result: "fail",
    evidence: /another\.tar on hz-2 holds oms:another, not .*3\.3\.1-ce/,
    remedy: /right archive/,
    target: { imageArchive: "/data/images/another.tar" },
  },
];
