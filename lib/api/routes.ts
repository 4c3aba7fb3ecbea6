import { inWords } from "#lib/domain/message.ts";
import { activityCsv, filterActivity } from "#lib/domain/run-activity/activity-lines.ts";
import { runbook } from "#lib/domain/runbook/runbook.ts";
import {
  checkBackup,
  deleteBackups,
  downloadBackup,
  listBackups,
} from "#lib/operations/backups.ts";
import { createCredential, listCredentials } from "#lib/operations/credentials.ts";
import {
  createDeployment,
  deleteDeployment,
  getDeployment,
  listDeployments,
  updateDeployment,
} from "#lib/operations/deployments.ts";
import { discover, fetchHostKey } from "#lib/operations/discovery.ts";
import { breakLocks, listLocks } from "#lib/operations/locks.ts";
import {
  createUpgradePlan,
  estimatePlan,
  getPlan,
  planRunbook,
  startPractice,
} from "#lib/operations/plans.ts";
import { getPreflight, listPreflights, runPreflight } from "#lib/operations/preflights.ts";
import { createRollbackPlan, listRollbackChoices } from "#lib/operations/rollback.ts";
import { exportRun, runActivity, runLogText } from "#lib/operations/run-files.ts";
import { listRuns } from "#lib/operations/run-lists.ts";
import {
  approveGate,
  controlRun,
  getRun,
  runEvents,
  startRun,
  stepLog,
} from "#lib/operations/runs.ts";
import { download } from "./download.ts";
import { type Route, route } from "./route.ts";

const idOf = (id: string) => ({ id });
const idOnly = ({ id }: { id: string }) => ({ id });

/** `/api/v1`, in the order of docs/api.md: each address is an operation. */
export const routes: readonly Route[] = [
  route("GET", "/credentials", listCredentials, { answers: "list" }),
  route("POST", "/credentials", createCredential, {
    ...{ status: 201, answers: "`{id}`", answer: idOnly },
  }),
  route("GET", "/deployments", listDeployments, { answers: "list by name" }),
  route("POST", "/deployments", createDeployment, {
    ...{ status: 201, answers: "`{id}`", answer: idOf },
  }),
  route("POST", "/deployments/discover", discover, {
    answers: "a proposal, or containers to choose from",
  }),
  route("GET", "/deployments/{deploymentId}", getDeployment),
  route("PUT", "/deployments/{deploymentId}", updateDeployment, {
    answers: "the document as it is now",
  }),
  route("DELETE", "/deployments/{deploymentId}", deleteDeployment, { answers: "`null`" }),
  route("POST", "/host-keys", fetchHostKey, { answers: "`{type, fingerprint}`" }),
  route("GET", "/deployments/{deploymentId}/locks", listLocks, {
    answers: "for each node who holds it",
  }),
  route("POST", "/deployments/{deploymentId}/locks/break", breakLocks, {
    answers: "for each lock whether it is gone",
  }),
  route("GET", "/deployments/{deploymentId}/preflights", listPreflights, {
    answers: "the newest 50, without their checks",
  }),
  route("POST", "/deployments/{deploymentId}/preflights", runPreflight, {
    ...{ status: 201, takes: "(`{target?}`)", answers: "the checks" },
  }),
  route("GET", "/deployments/{deploymentId}/preflights/{preflightId}", getPreflight, {
    answers: "the checks",
  }),
  route("POST", "/deployments/{deploymentId}/plans", createUpgradePlan, {
    ...{ status: 201, answers: "plan with checks" },
  }),
  route("POST", "/deployments/{deploymentId}/practices", startPractice, {
    ...{ status: 201, takes: "(`{rehearse?}`, or nothing)", answer: idOf },
    answers: "`{id}` of the run that dumps for practice",
  }),
  route("GET", "/plans/{planId}", getPlan),
  route("GET", "/plans/{planId}/estimate", estimatePlan, {
    answers:
      "`{outageMs, parts, beside, approvals, byPerson}`: how long OMS will be out, and whether each part was measured by a practice, by earlier upgrades, or is assumed; `null` without an outage",
  }),
  route("GET", "/plans/{planId}/runbook", planRunbook, {
    takes: "(Markdown)",
    answer: ({ plan, hash }, { planId }, render) =>
      download(runbook(plan, hash, render), "text/markdown", `${planId}-runbook.md`),
  }),
  route("GET", "/runs", listRuns, { answers: "the newest 50" }),
  route("POST", "/runs", startRun, { status: 201, answers: "`{id}`", answer: idOf }),
  route("GET", "/runs/{runId}", getRun),
  route("GET", "/runs/{runId}/events", runEvents, {
    ...{ query: { after: "after" }, takes: "`?after=N`", answers: "events after number N" },
  }),
  route("GET", "/runs/{runId}/log", runLogText, {
    ...{ query: { stepId: "step" }, takes: "`?step=STEP`" },
    answers:
      "the whole log, or a step's, as text: time, host, step, stream and text of each line, separated by tabs",
    answer: (text, { runId, stepId }) =>
      download(text, "text/plain", `${runId}${stepId ? `-${stepId}` : ""}-log.txt`),
  }),
  route("GET", "/runs/{runId}/steps/{stepId}/log", stepLog, {
    ...{ query: { offset: "offset" }, takes: "`?offset=N`", answers: "`{text, nextOffset}`" },
  }),
  route("GET", "/runs/{runId}/export", exportRun, {
    answers:
      "all that is known of it: run, legs, moments, backups, activity with its commands, plans, journal",
    answer: (all, { runId }, render) => {
      const text = JSON.stringify({ ...all, activity: inWords(all.activity, render) });
      return download(text, "application/json", `${runId}.json`);
    },
  }),
  route("GET", "/runs/{runId}/activity.csv", runActivity, {
    ...{ query: { part: "part", host: "host", text: "text" }, takes: "`?part=&host=&text=`" },
    answers:
      "its activity line by line, for a spreadsheet; no cell is taken for a formula. `part` is `events` (all but commands, the default), `decisions`, `steps`, `commands` or `all`",
    answer(lines, { runId, text = "" }, render) {
      const wanted = { part: "all" as const, host: "", text: String(text) };
      const csv = activityCsv(filterActivity(lines, wanted, render), render);
      // Spreadsheets take a file for UTF-8 when it begins with this mark.
      return download(`\uFEFF${csv}`, "text/csv", `${runId}-activity.csv`);
    },
  }),
  route("POST", "/runs/{runId}/commands", controlRun, {
    ...{ status: 202, answers: "`{id}`", answer: idOf },
    // An approval is an operation of its own: another role may do it, too.
    instead: { when: ({ kind }) => kind === "approve", operation: approveGate, what: "`approve`" },
  }),
  route("GET", "/runs/{runId}/rollback-plans", listRollbackChoices, {
    answers: "the releases that it can be rolled back to, each with what follows",
  }),
  route("POST", "/runs/{runId}/rollback-plans", createRollbackPlan, {
    ...{ status: 201, takes: "(`{hop?}`)", answers: "plan" },
  }),
  route("GET", "/backups", listBackups, {
    ...{ query: { deploymentId: "deployment" }, takes: "`?deployment=dep_...`" },
    answers: "the newest 500 dumps with second copy, deletion, and whether they may go",
  }),
  route("POST", "/runs/{runId}/backups/{key}/checks", checkBackup, {
    ...{ takes: "(files read again)", answers: "`{result, detail, at, by}`" },
  }),
  route("GET", "/runs/{runId}/backups/{key}/files/{index}", downloadBackup, {
    ...{ query: { place: "place" }, takes: "`?place=copy`" },
    answers: "the file; `Repr-Digest` has its SHA-256",
    answer: ({ name, sha256, content }) => {
      const digest = Buffer.from(sha256, "hex").toString("base64");
      return download(content, "application/octet-stream", name, {
        "repr-digest": `sha-256=:${digest}:`,
        "x-content-type-options": "nosniff",
      });
    },
  }),
  route("POST", "/runs/{runId}/backups/deletion", deleteBackups, {
    takes: "(`{confirmation, reason}`, the former the deployment's name)",
  }),
];
