import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { dockerRunCommand, type LabHost } from "#lab/lab.ts";
import { upgradeTarget } from "#lab/product/journey.ts";
import { waitUntil } from "#lab/shell.ts";
import type { Check } from "#lib/domain/facts.ts";
import type { PreflightRow, PreflightView } from "#lib/services/preflights.ts";
import { failures, Scene } from "./trouble-scene.ts";

/**
 * Every check that a fault can turn, on one lab: it turns with its words when the fault is made, and is
 * green again after what it advises. Nothing is changed by looking.
 */
let scene: Scene;
let deploymentId: string;
let untouched: Awaited<ReturnType<Scene["outside"]>>;

before(async () => {
  scene = await Scene.open({ nodes: ["hz-1", "hz-2"], loadNewImage: ["hz-1"], https: true });
  deploymentId = await scene.register();
  untouched = await scene.outside();
});

after(() => scene?.close());

const target = (more: object = {}) => ({
  ...upgradeTarget(scene.lab),
  imageArchive: scene.lab.images.archivePathOnHost,
  ...more,
});

function preflight(wanted: object | null = target()): Promise<PreflightView> {
  return scene.product.ask("POST", `/deployments/${deploymentId}/preflights`, { target: wanted });
}

/** Runs the text in a file's place, which is mounted, and so must stay the same file. */
async function rewrite(host: LabHost, path: string, filter: string): Promise<void> {
  await host.mustExec(
    `cp -p ${path} ${path}.kept && { ${filter}; } <${path}.kept >/tmp/spoilt && cat /tmp/spoilt >${path}`,
  );
}
const putBack = (host: LabHost, path: string) =>
  host.mustExec(`cat ${path}.kept >${path} && rm ${path}.kept`);

const config = "/data/config.yaml";
const certificate = "/data/oms/https_crt";

interface Fault {
  what: string;
  make(): Promise<unknown>;
  /** What the check advises. */
  mend(): Promise<unknown>;
  title: string;
  result: Check["result"];
  evidence: RegExp;
  remedy: RegExp;
  /** The part of the target that it shows with. */
  target?: object;
}

const sql = (statement: string) => () => scene.lab.metadb.query(statement);
const on = (host: () => LabHost, command: string) => () => host().mustExec(command);
const first = () => scene.lab.host("hz-1");
const second = () => scene.lab.host("hz-2");

/** Edits the registered deployment. */
const edit = (change: (known: { settings: object }) => object) => async () => {
  const path = `/deployments/${deploymentId}`;
  const known = await scene.product.ask<{ settings: object }>("GET", path);
  await scene.product.ask("PUT", path, { ...known, ...change(known) });
};

/** Puts the old container of hz-2 up anew, from another command than the documented one. */
async function replaceContainer(change: (command: string) => string): Promise<void> {
  const documented = dockerRunCommand("3.3.0", { address: second().address, https: true });
  await second().mustExec(`docker rm -f ${scene.oldContainer} && ${change(documented)}`);
}

/** Faults that do not get in each other's way are made together: one look tells of them all. */
const rounds: Record<string, Fault[]> = {
  "hosts and MetaDB": [
    {
      what: "a clock that is off",
      make: () => first().setClockSkew(120),
      mend: () => first().setClockSkew(0),
      title: "Clock",
      result: "warning",
      evidence: /1(19|2\d)\.\d s ahead/,
      remedy: /NTP/,
    },
    {
      what: "a disk too small for logs",
      make: () => first().limitDisk("/data/oms/oms_logs", 20),
      mend: () => first().unlimitDisk("/data/oms/oms_logs"),
      title: "Disk for logs",
      result: "warning",
      evidence: /MiB free for the logs of OMS in \/data\/oms\/oms_logs on hz-1/,
      remedy: /Make room/,
    },
    {
      what: "no room in /tmp",
      make: () => second().limitDisk("/tmp", 1),
      mend: () => second().unlimitDisk("/tmp"),
      title: "Room in /tmp",
      result: "fail",
      evidence: /MiB free in \/tmp on hz-2/,
      remedy: /Make room in \/tmp on hz-2/,
    },
    {
      what: "a certificate that ends in a week",
      make: () =>
        rewrite(
          first(),
          certificate,
          "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 7 -subj /CN=oms.lab -keyout /dev/null",
        ),
      mend: () => putBack(first(), certificate),
      title: "HTTPS certificate",
      result: "warning",
      evidence: /https_crt is good until \d{4}-\d\d-\d\d, 6 days from now/,
      remedy: /Replace it/,
    },
    {
      what: "a certificate that is none",
      make: () => rewrite(second(), certificate, "echo nonsense"),
      mend: () => putBack(second(), certificate),
      title: "HTTPS certificate",
      result: "fail",
      evidence: /https_crt on hz-2: it is not a certificate in PEM/,
      remedy: /PEM/,
    },
    {
      what: "a port that another program holds",
      make: async () => {
        await rewrite(first(), config, "cat; echo 'cm_server_port: 9988'");
        await first().mustExec(
          `setsid perl -MIO::Socket::INET -e 'my $socket = IO::Socket::INET->new(LocalPort => 9988, Listen => 1) or die; print "up\n"; STDOUT->flush; close STDOUT; sleep 600' </dev/null >/run/other-program 2>&1 & echo $! >/run/other-program.pid; until grep -q up /run/other-program; do sleep 0.05; done`,
        );
      },
      mend: async () => {
        await first().mustExec("kill $(cat /run/other-program.pid)");
        await putBack(first(), config);
      },
      title: "Port 9988",
      result: "fail",
      evidence: /^perl, which is not part of oms_330, listens on port 9988 of hz-1/,
      remedy: /Stop that program/,
    },
    {
      what: "a node that is not registered, and a registered one that cm_nodes lacks",
      make: () => rewrite(second(), config, String.raw`sed "s/^  - .*\.11$/  - 10.0.0.99/"`),
      mend: () => putBack(second(), config),
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
      make: on(
        second,
        `cd /tmp && echo '[{"RepoTags":["oms:another"]}]' >manifest.json && tar -cf /data/images/another.tar manifest.json && rm manifest.json`,
      ),
      mend: on(second, "rm /data/images/another.tar"),
      title: "Image archive",
      result: "fail",
      evidence: /another\.tar on hz-2 holds oms:another, not .*3\.3\.1-ce/,
      remedy: /right archive/,
      target: { imageArchive: "/data/images/another.tar" },
    },
  ],
  "configuration, HA and archives of another kind": [
    {
      what: "a config.yaml with a tab",
      make: () => rewrite(first(), config, String.raw`sed "s/^  - /\t- /"`),
      mend: () => putBack(first(), config),
      title: "Look at the node",
      result: "fail",
      evidence:
        /config\.yaml on hz-1 is not an OMS configuration: (a tab|it is not valid YAML).* at line \d+/,
      remedy: /Mend \/data\/config\.yaml on hz-1/,
    },
    {
      what: "a config.yaml with a key that stands twice",
      make: () => rewrite(second(), config, "cat; echo 'drc_rm_db: other'"),
      mend: () => putBack(second(), config),
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
      make: on(second, "tar -C /data -czf /data/images/no-image.tar.gz config.yaml"),
      mend: on(second, "rm /data/images/no-image.tar.gz"),
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
  ],
  "a node, an image and a Docker Engine that are not as they should be": [
    {
      what: "a node that is not healthy",
      make: async () => {
        await second().mustExec(`docker exec ${scene.oldContainer} supervisorctl stop oms_console`);
        await waitUntil("hz-2 to be ill", async () => !(await second().isHealthy()), {
          timeoutMs: 20_000,
        });
      },
      mend: async () => {
        await second().mustExec(
          `docker exec ${scene.oldContainer} supervisorctl start oms_console`,
        );
        await scene.everyoneHealthy();
      },
      title: "Healthy now",
      result: "fail",
      evidence: /\/oms\/health answers, but not healthy/,
      remedy: /supervisorctl status and the logs/,
    },
    {
      what: "another image under the same name on one node",
      make: () => second().mustExec(`docker tag ${scene.lab.images.old} ${scene.lab.images.new}`),
      mend: () => second().mustExec(`docker rmi ${scene.lab.images.new}`),
      title: "Same image everywhere",
      result: "fail",
      evidence: /is a different image on different nodes: [0-9a-f]{12}, [0-9a-f]{12}/,
      remedy: /Load the same archive on every node/,
    },
    {
      what: "a Docker Engine that hesitates",
      make: () =>
        scene.replaceTool(
          "/usr/bin/docker",
          'if [ "$1" = version ]; then sleep 6; fi; exec "$real" "$@"',
          first(),
        ),
      mend: () => scene.restoreTool("/usr/bin/docker", first()),
      title: "Docker answers",
      result: "warning",
      evidence: /answered after [67]\d{3} ms/,
      remedy: /Find out what keeps the Docker Engine busy/,
    },
    {
      what: "no region that is the default one",
      make: async () => {
        for (const host of [first(), second()]) {
          await rewrite(host, config, "sed 's/^cm_is_default:.*/cm_is_default: false/'");
        }
      },
      mend: async () => {
        for (const host of [first(), second()]) await putBack(host, config);
      },
      title: "Regions fit each other",
      result: "fail",
      evidence: /cm_is_default is true in none instead of exactly one region/,
      remedy: /Correct config\.yaml/,
    },
  ],
  "aliases and quotes that do not close": [
    {
      what: "a config.yaml whose aliases unfold to a billion values",
      make: () =>
        rewrite(
          first(),
          config,
          `cat; echo 'a0: &a0 x'; for n in 0 1 2 3 4 5 6 7 8; do echo "a$((n+1)): &a$((n+1)) [*a$n, *a$n, *a$n, *a$n, *a$n, *a$n, *a$n, *a$n, *a$n, *a$n]"; done`,
        ),
      mend: () => putBack(first(), config),
      title: "Look at the node",
      result: "fail",
      evidence: /config\.yaml on hz-1 .*aliases \(\*name\) unfold to more than a configuration/,
      remedy: /Mend/,
    },
    {
      what: "a config.yaml that was saved as UTF-16",
      make: () => rewrite(second(), config, "iconv -f UTF-8 -t UTF-16LE"),
      mend: () => putBack(second(), config),
      title: "Look at the node",
      result: "fail",
      evidence: /config\.yaml on hz-2 .*zero bytes: save it as UTF-8/,
      remedy: /Mend/,
    },
  ],
  "a MetaDB in which no scratch database can be made": [
    {
      what: "a user who may not create a scratch database",
      make: sql("revoke create on `uplift\\_rehearse\\_%`.* from 'oms_meta@site#1'@'%'"),
      mend: sql("grant create on `uplift\\_rehearse\\_%`.* to 'oms_meta@site#1'@'%'"),
      title: "Rights tried",
      result: "warning",
      evidence: /the server refused CREATE DATABASE: .*denied/,
      remedy: /GRANT ALL ON `uplift\\_rehearse\\_%`/,
    },
    {
      what: "its grants say so, too",
      make: async () => undefined,
      mend: async () => undefined,
      title: "Rights to rehearse",
      result: "warning",
      evidence: /^Without CREATE on scratch databases no restore is rehearsed/,
      remedy: /GRANT ALL ON `uplift\\_rehearse\\_%`/,
    },
    {
      what: "a user from whom the server hides triggers",
      make: sql("revoke trigger on `oms\\_cm`.* from 'oms_meta@site#1'@'%'"),
      mend: sql("grant trigger on `oms\\_cm`.* to 'oms_meta@site#1'@'%'"),
      title: "Nothing hidden",
      result: "warning",
      evidence: /^Without TRIGGER on oms_cm the server hides what it is about/,
      remedy: /Grant these rights to the MetaDB user/,
    },
  ],
  "a MetaDB that writes nothing": [
    {
      what: "a server that is read-only, whatever the grants say",
      make: sql("set global read_only = 1"),
      mend: async () => {
        await scene.lab.metadb.query("set global read_only = 0");
        await scene.everyoneHealthy();
      },
      title: "Rights tried",
      result: "fail",
      evidence: /the server refused CREATE DATABASE: .*read-only/,
      remedy: /a restore would meet the same/,
    },
  ],
  "what is registered or asked for is not what is there": [
    {
      what: "another version than the container's, from which no documented path leads there",
      make: edit(() => ({ version: "3.2.2" })),
      mend: edit(() => ({ version: "3.3.0" })),
      title: "Version",
      result: "fail",
      evidence: /^oms_330 runs \S+3\.3\.0\S*; 3\.2\.2 is registered/,
      remedy: /Correct the version of the deployment/,
    },
    {
      what: "a path that is not documented",
      make: async () => undefined,
      mend: async () => undefined,
      title: "Upgrade path",
      result: "fail",
      evidence: /allows 3\.3\.1 from 3\.3\.0; not from 3\.2\.2/,
      remedy: /Choose a documented path, or confirm this one in writing/,
    },
    {
      what: "an image whose tag names another release",
      make: async () => undefined,
      mend: async () => undefined,
      title: "Image tag",
      result: "warning",
      evidence: /^The tag names version 4\.0\.0, the target is 3\.3\.1/,
      remedy: /Make sure that the image is the release you mean/,
      target: { image: "reg.example.com/oceanbase/oms:feature_4.0.0-ce" },
    },
    {
      what: "a container outside of the host's network, and started for another address",
      make: () =>
        replaceContainer((command) =>
          command
            .replace("--net host", "--net none")
            .replace(/OMS_HOST_IP=\S+/, "OMS_HOST_IP=10.0.0.7"),
        ),
      mend: async () => {
        await replaceContainer((command) => command);
        await waitUntil("hz-2 to be healthy", () => second().isHealthy(), { timeoutMs: 20_000 });
        // It is another container now.
        const { containers } = await scene.outside();
        untouched = { ...untouched, containers };
      },
      title: "Network mode",
      result: "fail",
      evidence: /^The container uses --net none/,
      remedy: /OMS runs with --net host/,
    },
    {
      what: "an address that the container was not started with",
      make: async () => undefined,
      mend: async () => undefined,
      title: "OMS_HOST_IP",
      result: "fail",
      evidence: /^The container was started with 10\.0\.0\.7; 10\.77\.\d+\.12 is registered/,
      remedy: /Correct the node's address/,
    },
  ],
  "an archive larger than the disk, and a tool that the settings ask for": [
    {
      what: "no room to load an archive",
      make: async () => {
        // Sparse: what comes after the end of a tar archive is not read.
        const enlarge = `cp ${scene.lab.images.archivePathOnHost} /tmp/large.tar && truncate -s 2T /tmp/large.tar`;
        for (const host of scene.lab.allHosts) await host.mustExec(enlarge);
      },
      mend: async () => {
        for (const host of scene.lab.allHosts) await host.mustExec("rm /tmp/large.tar");
      },
      title: "Disk to load the image",
      result: "fail",
      evidence: /MiB free in \/\S+; the image may need \d{7}\.\d MiB/,
      remedy: /^Make room on the filesystem of/,
      target: { imageArchive: "/tmp/large.tar" },
    },
    {
      what: "a database that is large for a server that does not tell its room",
      make: async () => {
        const { metadb } = scene.lab;
        await metadb.query("create table oms_cm.ballast (id int primary key, b longblob)");
        await metadb.query(
          "insert into oms_cm.ballast select seq, repeat('x', 1000000) from oms_cm.seq_1_to_600",
        );
        await metadb.query("analyze table oms_cm.ballast");
      },
      mend: sql("drop table oms_cm.ballast"),
      title: "Room to rehearse",
      result: "warning",
      evidence:
        /need about \d{3}\.\d MiB on the server for a while; it does not tell its free room/,
      remedy: /Make sure that the server has that room, or set a lower limit/,
    },
    {
      what: "a compressor that a node lacks",
      make: async () => {
        await first().hideTool("/usr/bin/zstd");
        await edit(({ settings }) => ({ settings: { ...settings, compression: "zstd" } }))();
      },
      mend: async () => {
        await first().unhideTool("/usr/bin/zstd");
        await edit(({ settings }) => ({ settings: { ...settings, compression: "auto" } }))();
      },
      title: "Compression of dumps",
      result: "fail",
      evidence: /^The settings ask for zstd; hz-1 has gzip/,
      remedy: /Install zstd on hz-1, or choose another compression/,
    },
  ],
  "a foreign and an oversized configuration": [
    {
      what: "a config.yaml of something else",
      make: () => rewrite(first(), config, "echo 'services: {web: {image: nginx}}'"),
      mend: () => putBack(first(), config),
      title: "Look at the node",
      result: "fail",
      evidence: /config\.yaml on hz-1 .*unusable or missing: oms_meta_host, /,
      remedy: /Mend/,
    },
    {
      what: "a config.yaml of 10 MB",
      make: () => rewrite(second(), config, "yes '# filler' | head -c 10000000; cat"),
      mend: () => putBack(second(), config),
      title: "Look at the node",
      result: "fail",
      evidence: /config\.yaml on hz-2 is not an OMS configuration: it is larger than 1 MiB/,
      remedy: /mounted at .*config\.yaml on hz-2/,
    },
  ],
};

for (const [round, faults] of Object.entries(rounds)) {
  test(round, async (context) => {
    for (const fault of faults) await fault.make();
    const wanted = target(Object.assign({}, ...faults.map((fault) => fault.target ?? {})));
    const spoilt = await preflight(wanted);
    for (const fault of faults) await fault.mend();
    const mended = await preflight();
    assert.deepEqual(failures(mended.checks), []);
    for (const { what, title, result, evidence, remedy } of faults) {
      await context.test(what, () => {
        const seen = spoilt.checks.filter((check) => check.title === title);
        const found = seen.find((one) => one.result === result && evidence.test(one.evidence));
        assert.ok(found, `none says ${evidence}: ${JSON.stringify(seen, null, 1)}`);
        assert.match(found.remedy ?? "", remedy);
        const later = mended.checks.find(({ id }) => id === found.id);
        assert.ok(later === undefined || later.result === "pass", JSON.stringify(later));
      });
    }
  });
}

test("a file from Windows, with a BOM and CRLF, says what it always said", async () => {
  await rewrite(first(), config, String.raw`printf '\357\273\277'; sed 's/$/\r/'`);
  const seen = await preflight();
  await putBack(first(), config);
  assert.deepEqual(failures(seen.checks), []);
  const same = seen.checks.find(({ title }) => title === "Same configuration file");
  assert.equal(same?.result, "pass", JSON.stringify(same));
});

test("a healthy deployment passes, with and without a target, and every preflight is kept", async () => {
  const [without, withOne] = [await preflight(null), await preflight()];
  assert.deepEqual(failures([...without.checks, ...withOne.checks]), []);
  assert.ok(withOne.checks.length > without.checks.length);
  const path = `/deployments/${deploymentId}/preflights`;
  const [newest, older] = await scene.product.ask<PreflightRow[]>("GET", path);
  assert.deepEqual([newest?.id, older?.id], [withOne.id, without.id]);
  assert.deepEqual([newest?.version, older?.version], ["3.3.1", null]);
  const again = await scene.product.ask<PreflightView>("GET", `${path}/${without.id}`);
  assert.deepEqual(again.checks, without.checks);
  assert.deepEqual(await scene.outside(), untouched, "looking has changed something");
});

test("what the site gave the old container is shown, carried over or not", async () => {
  const healthy = () =>
    waitUntil("hz-2 to be healthy", () => second().isHealthy(), { timeoutMs: 20_000 });
  await replaceContainer((command) =>
    command.replace(
      "--privileged=true",
      "--privileged=true --restart unless-stopped --label owner=dba --ulimit core=0:0 -e TZ=Asia/Shanghai -v site:/opt/site",
    ),
  );
  await healthy();
  const seen = await preflight();
  await replaceContainer((command) => `docker volume rm site && ${command}`);
  await healthy();
  const carried = seen.checks.find(
    ({ title, scope }) => title === "Environment, labels, limits" && scope === "hz-2",
  );
  assert.equal(carried?.result, "warning");
  assert.match(
    carried.evidence,
    /Carried over: -e TZ, --label owner, --ulimit .*core=0:0.*Not carried over: --restart unless-stopped/,
  );
  const mounts = seen.checks.find(({ title, scope }) => title === "Mounts" && scope === "hz-2");
  assert.equal(mounts?.result, "warning");
  assert.match(mounts.evidence, /Not carried over: volume at \/opt\/site/);
  const mended = (await preflight()).checks.filter(({ scope }) => scope === "hz-2");
  assert.ok(
    mended.every(({ result }) => result === "pass"),
    JSON.stringify(mended, null, 1),
  );
});
