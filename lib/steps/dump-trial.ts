import { loginLines } from "#lib/commands/client-login.ts";
import { restoreClient } from "#lib/commands/dump.ts";
import { trialScript } from "#lib/commands/dump-scripts.ts";
import { type ErrorCode, UpliftError } from "#lib/domain/errors.ts";
import type { DumpTrial } from "#lib/domain/facts.ts";
import { serverLogin } from "#lib/domain/server-login.ts";
import { tryDump } from "#lib/metadb/trial.ts";
import { probeJob, type StepContext, type StepHandler } from "./context.ts";
import { dropOwn, scratchOf } from "./rehearsal.ts";

/** What a trial commits: that its scratch database is there, then what came of it. */
interface TrialIntent extends Record<string, unknown> {
  attempt: number;
  /** Undefined while it is under way; null: it worked. */
  trouble?: DumpTrial["trouble"];
}

/**
 * The last look at dump and restore before anything is stopped: what was tried when the plan was made is tried
 * again, since the server, its rights and the programs may have changed.
 */
export const dumpTrial: StepHandler<"dump.trial"> = {
  kind: "dump.trial",
  repeatable: false,

  async probe(context) {
    return (await probeJob(context, context.params.nodeId)) ?? { state: "absent" };
  },

  async cancel(context) {
    await context.cancelJob(context.params.nodeId);
    await dropOwn(context);
  },

  async run(context) {
    const { nodeId, route, database, tool, directory, compression } = context.params;
    const { attempt } = context;
    const earlier = context.intent() as TrialIntent | null;
    const resumed = earlier?.attempt === attempt;
    if (resumed && earlier.trouble !== undefined) {
      await dropOwn(context);
      return outcome(context, { trouble: earlier.trouble });
    }
    if (!resumed) await context.endJobsOf(context.step.id, nodeId);
    const login = await serverLogin(route.server, (id) => context.secret(id));
    const client = restoreClient(tool, route.server, context.params.scratch);
    const trial = await context.sql(route, (session) =>
      tryDump(
        session,
        {
          ...{ tool, server: route.server, database, directory, compression },
          scratch: scratchOf(context),
          node: context.hostName(nodeId),
        },
        async (parameters, objects) => {
          const { exitCode, stderr } = await context.job({
            ...{ nodeId, parameters, shown: client, script: trialScript, input: objects },
            secrets: loginLines(login),
          });
          return { code: exitCode, stderr };
        },
        {
          resumed,
          begun: () => context.intend({ attempt } satisfies TrialIntent),
          ended: (trouble) => context.intend({ attempt, trouble } satisfies TrialIntent),
        },
      ),
    );
    return outcome(context, trial);
  },
};

function outcome(
  { params, hostName }: StepContext<"dump.trial">,
  { trouble, ...trial }: Pick<DumpTrial, "trouble"> & Partial<DumpTrial>,
): Record<string, unknown> {
  if (trouble === null) {
    const { restored, of, objects } = trial;
    return { restored, of, objects };
  }
  throw new UpliftError(
    trouble.code as ErrorCode,
    `The trial of ${params.database} did not succeed: ${trouble.message}`,
    {
      host: hostName(params.nodeId),
      remedy: `${trouble.remedy} Then retry: nothing was stopped or changed.`,
      retryable: true,
    },
  );
}
