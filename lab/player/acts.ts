import type { DatabaseManifest } from "#lib/domain/backup.ts";
import type { RunEventBody } from "#lib/domain/events.ts";
import type { NodeId } from "#lib/domain/ids.ts";
import type { StepKind, WorkStep } from "#lib/domain/step.ts";
import { askFor } from "#lib/oms/ha-guidance.ts";
import type { RecordedPiece } from "./recording.ts";

/** What a step does while it is under way, by the milliseconds since it was started. */
export interface Act {
  afterMs: number;
  event?: RunEventBody;
  piece?: Pick<RecordedPiece, "nodeId" | "stream" | "text">;
}

/** How long a step takes, seconds; one second where nothing is said. */
const seconds: Partial<Record<StepKind, number>> = {
  "image.load": 35,
  "container.stop": 11,
  "heartbeat.prune": 6,
  "database.dump": 52,
  "dump.verify": 7,
  "database.rehearse": 58,
  "container.start": 5,
  "metadata.init": 170,
  "node.health": 24,
  "console.restart": 4,
  "database.recreate": 2,
  "database.restore": 78,
  "database.compare": 5,
  "container.restart": 9,
};

export const secondsOf = (step: WorkStep): number => seconds[step.kind] ?? 1;

/** What `docker_init.sh` announces, as the documentation of OMS shows it. */
const initHeaders = [
  "Check the configuration of OMS.",
  "Initialize the database of RM.",
  "Create the configuration files for OMS components.",
  "Initialize the heartbeat database.",
  "Start the OMS components.",
];

const manifest: DatabaseManifest = {
  characterSet: "utf8mb4",
  collation: "utf8mb4_general_ci",
  serverVersion: "5.7.25-OceanBase-v4.2.1.8",
  tables: [{ name: "oms_normal_config", rows: 214 }],
  views: [],
  triggers: [],
  routines: [],
  events: [],
};
const sha256 = "3f".repeat(32);
const haConfig = (enable: boolean) =>
  `{"enable":${enable},"refetchStoreIntervalMin":30,"enableHost":true}`;

/** The acts of a step that ends well; the last one is its end. Pure. */
export function actsOf(step: WorkStep, attempt: number, startedAt: number): Act[] {
  const at = { stepId: step.id, attempt };
  const lasts = secondsOf(step) * 1000;
  return [
    ...step.commands.flatMap(({ kind, nodeId, text }, index): Act[] => {
      const shown = kind === "sql" ? `mysql> ${text}` : `$ ${text}`;
      const ends = lasts * ((index + 1) / step.commands.length) * 0.9;
      return [
        {
          afterMs: lasts * (index / step.commands.length) * 0.9,
          piece: { nodeId, stream: "note", text: `${shown}\n` },
        },
        {
          afterMs: ends,
          event: {
            ...{ type: "step.command", ...at, nodeId, kind, command: text, exitCode: 0 },
            ...{ durationMs: Math.round(ends), output: "" },
          },
        },
      ];
    }),
    ...duringStep(step, at, lasts, startedAt),
    {
      afterMs: lasts,
      event: { type: "step.finished", ...at, output: outputOf(step), from: "run" } as RunEventBody,
    },
  ].sort((a, b) => a.afterMs - b.afterMs);
}

type Attempt = { stepId: WorkStep["id"]; attempt: number };

function duringStep(step: WorkStep, at: Attempt, lasts: number, startedAt: number): Act[] {
  switch (step.kind) {
    case "container.stop": {
      const { mark, nodeId } = step.params;
      return mark === null ? [] : [moment(step, mark, nodeId, startedAt)];
    }
    case "ha.disable":
      return step.params.way === "guided" ? [guidance(step, at, false)] : [];
    case "ha.enable":
      return [
        ...(step.params.way === "guided" ? [guidance(step, at, true)] : []),
        moment(step, step.params.mark, step.params.route.via, startedAt),
      ];
    case "metadata.init":
      return initActs(step.params.nodeId, at, lasts);
    case "database.dump": {
      const { key, database, role, nodeId, directory, file, version } = step.params;
      const stored = { compression: step.params.compression, textBytes: 412_318_382 };
      const data = { path: `${directory}/${file}`, bytes: 48_318_382, sha256, ...stored };
      const backup = { key, database, role, nodeId, data, objects: null };
      return [
        {
          afterMs: lasts * 0.95,
          event: {
            type: "backup.recorded",
            stepId: step.id,
            backup: {
              ...backup,
              ...{
                proven: false,
                manifest: null,
                tool: step.params.tool.version,
                rehearsed: false,
                live: false,
                version,
              },
            },
          },
        },
      ];
    }
    case "dump.verify": {
      const { key, source } = step.params;
      // In a rollback the dump was recorded by the leg before.
      if (!("dumpStep" in source)) return [];
      const event = { type: "backup.proven", stepId: step.id, key, manifest } as const;
      return [{ afterMs: lasts * 0.95, event }];
    }
    case "database.rehearse": {
      const event = { type: "backup.rehearsed", stepId: step.id, key: step.params.key } as const;
      return [{ afterMs: lasts * 0.95, event }];
    }
    case "node.health":
      return [1, 2, 3].map((look) => ({
        afterMs: lasts * (look / 4),
        piece: {
          nodeId: step.params.nodeId,
          stream: "stdout",
          text: `oms_console                      ${look < 3 ? "STARTING" : "RUNNING   pid 214, uptime 0:00:19"}\n`,
        },
      }));
    default:
      return [];
  }
}

/** What a person is asked to set in the console; in earnest `lib/steps/ha-guided.ts` asks. */
function guidance(
  step: Extract<WorkStep, { kind: "ha.disable" | "ha.enable" }>,
  at: Attempt,
  enable: boolean,
): Act {
  const goal = { enable, interval: enable ? { outage: 6, advised: 36 } : null };
  const ask = askFor(haConfig(!enable), goal, step.params.console);
  if (!ask) throw new RangeError("the present value is the wanted one");
  return { afterMs: 100, event: { type: "step.awaits-person", ...at, ask } };
}

function moment(
  step: WorkStep,
  mark: Extract<RunEventBody, { type: "time.recorded" }>["mark"],
  nodeId: NodeId,
  startedAt: number,
): Act {
  const skewMs = 4;
  const iso = (ms: number) => new Date(ms).toISOString();
  return {
    afterMs: 200,
    event: {
      ...{ type: "time.recorded", mark, stepId: step.id, nodeId, skewMs },
      ...{ hostTime: iso(startedAt + 200 + skewMs), time: iso(startedAt + 200) },
    },
  };
}

function initActs(nodeId: NodeId, at: Attempt, lasts: number): Act[] {
  const out = (afterMs: number, text: string): Act => ({
    afterMs,
    piece: { nodeId, stream: "stdout", text },
  });
  const each = (lasts * 0.9) / initHeaders.length;
  return [
    ...initHeaders.flatMap((text, index): Act[] => [
      out(index * each, `[Step ${index + 1}] ${text}\n`),
      {
        afterMs: index * each,
        event: { type: "step.progress", ...at, text, current: index + 1, total: 5 },
      },
      ...Array.from({ length: 20 }, (_, line) =>
        out(
          index * each + ((line + 1) * each) / 21,
          `  \x1b[32mok\x1b[0m ${index + 1}.${line + 1} V3_3_1__${line + 1}.sql applied\n`,
        ),
      ),
    ]),
    out(lasts * 0.92, "[Completed] All initialization steps are executed\n"),
  ];
}

/** What the steps behind it read; nothing for most kinds. */
function outputOf(step: WorkStep): Record<string, unknown> {
  switch (step.kind) {
    case "ha.disable":
      return { wasEnabled: true, before: haConfig(true), after: haConfig(false) };
    case "ha.enable":
      return {
        ...{ enabled: true, before: haConfig(false), after: haConfig(true) },
        ...{
          refetchStoreIntervalMin: 38,
          arithmetic: "8 min from T1 to now, rounded up, + 30 min margin = 38 min.",
        },
      };
    case "container.stop":
      return { containerId: "0f3c", stoppedBefore: false };
    default:
      return {};
  }
}
