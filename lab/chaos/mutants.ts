/** A product broken on purpose, to see that the invariants notice. */
export interface Mutant {
  /** What is broken. */
  what: string;
  /** Replacements in the source; each `from` stands in its file once. */
  edits: readonly { file: string; from: string; to: string }[];
  /** The violation by which it must be caught. */
  caughtBy: RegExp;
  /** The fault without which it does no harm: the dashboard dies when this step has begun. */
  diesAt?: string;
}

const dumpScript = "lib/commands/dump-scripts.ts";
const dumpVerify = "lib/steps/dump-verify.ts";

/** Only what the engine runs: pages and API come from the build, which is the unbroken product's. */
export const mutants: Record<string, Mutant> = {
  "init-without-probe": {
    what: "an interrupted docker_init.sh is started again without a look",
    edits: [
      {
        file: "lib/steps/metadata-init.ts",
        from: "    const job = await probeJob(context, nodeId);\n",
        to: '    if (nodeId) return { state: "absent" };\n    const job = await probeJob(context, nodeId);\n',
      },
      {
        file: "lib/steps/metadata-init.ts",
        from: "...jobExec(dockerInitUnlessRunning(containerName))",
        to: "...jobExec(command)",
      },
      {
        file: "lib/engine/step-jobs.ts",
        from: "const earlier = await this.#earlier(host);\n    const key",
        to: "const earlier = null as Awaited<ReturnType<StepJobs['state']>> & { key: JobKey } | null;\n    const key",
      },
    ],
    caughtBy: /initialisations ran at the same time|initialised \d+ times|damaged/,
    diesAt: "init.",
  },
  "init-on-every-try": {
    what: "docker_init.sh runs once more behind its job",
    edits: [
      {
        file: "lib/steps/metadata-init.ts",
        from: "    if (underWayReport.test(result.stdout)) {",
        to: "    await context.exec(nodeId, command);\n    if (underWayReport.test(result.stdout)) {",
      },
    ],
    caughtBy: /initialised 2 times/,
  },
  "dump-cut-short": {
    what: "a dump loses its end, and nobody looks",
    edits: [
      {
        file: dumpScript,
        from: `{ pack "$how" 9>&-; echo "packer=$?" >&9; }`,
        to: `{ head -c 20000 | pack "$how" 9>&-; cat >/dev/null; echo "packer=0" >&9; }`,
      },
      {
        file: dumpScript,
        from: `  [ "$last" -gt 0 ] ||`,
        to: "  true ||",
      },
      { file: dumpVerify, from: "if (result.code !== 0) {", to: "if (result.code === -1) {" },
      {
        file: dumpVerify,
        from: "if (now?.sha256 === file.sha256 && now.bytes === file.bytes) continue;",
        to: "if (now !== file) continue;",
      },
      {
        file: dumpVerify,
        from: "if (tables !== manifest.tables.length) {",
        to: "if (tables < 0) {",
      },
      {
        file: "lib/planner/forward/rehearse.ts",
        from: "  if (limit === 0)",
        to: "  if (limit >= 0)",
      },
    ],
    caughtBy: /lacks its closing line/,
  },
  "drop-without-dump": {
    what: "a database is dropped whose dump is gone, and nobody looks",
    edits: [
      {
        file: "lib/steps/database-recreate.ts",
        from: "        await requireBackup(context);\n",
        to: `        await context.exec(context.params.backup.nodeId, { argv: ["rm", "-f", ...context.params.backup.files.map(({ path }) => path)] } as never);\n`,
      },
    ],
    caughtBy: /was dropped without a whole dump of it/,
  },
  "second-container": {
    what: "docker run is sent twice",
    edits: [
      {
        file: "lib/steps/container-start.ts",
        from: "    const started = await inspectContainer(context, nodeId, container.name);\n",
        to: "    await context.exec(nodeId, dockerRun({ ...container, name: container.name.concat('_2') }));\n    const started = await inspectContainer(context, nodeId, container.name);\n",
      },
    ],
    caughtBy: /not one new container that runs/,
  },
  "old-one-started": {
    what: "the upgrade starts the old container beside the new one",
    edits: [
      {
        file: "lib/steps/container-start.ts",
        from: "    return { containerId: started.id };\n",
        to: '    await context.exec(nodeId, dockerStart("oms_330"));\n    return { containerId: started.id };\n',
      },
    ],
    caughtBy: /the old container runs/,
  },
  "t1-late": {
    what: "T1 is recorded two minutes late",
    edits: [
      {
        file: "lib/steps/container-stop.ts",
        from: "context.mark(mark, nodeId, Number(time))",
        to: "context.mark(mark, nodeId, Number(time) + 120_000)",
      },
    ],
    caughtBy: /an outage of .* min, and the interval is/,
  },
  "ha-left-off": {
    what: "HA is not switched on again",
    edits: [
      {
        file: "lib/steps/ha-enable.ts",
        from: "await writeHa(session, database, before, after);",
        to: "await writeHa(session, database, before, before);",
      },
    ],
    caughtBy: /HA is \{"enable":false/,
  },
  "stop-before-ha": {
    what: "HA is switched off only in words, and containers are stopped",
    edits: [
      {
        file: "lib/steps/ha-disable.ts",
        from: "await writeHa(session, database, before, after);",
        to: "await writeHa(session, database, before, before);",
      },
    ],
    caughtBy: /a container was stopped before HA was off/,
  },
  "new-one-left-running": {
    what: "the rollback drops the databases under a new container that runs",
    edits: [
      {
        file: "lib/steps/container-stop.ts",
        from: "if (ownedBy !== null && before.labels[planLabel] !== ownedBy) {",
        to: "if (ownedBy !== null) {",
      },
    ],
    caughtBy: /-rolled-back-\S+ runs|oms_331 runs|was dropped while a new container ran/,
  },
};
