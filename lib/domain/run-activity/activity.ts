import type { By, OperatorCommandKind, RunEvent, RunEventBody } from "../events.ts";
import type { NodeId, StepId } from "../ids.ts";
import type { Text } from "../message.ts";
import type { Leg, Plan } from "../plan.ts";
import type { CommandRecord, RunState, StepStatus } from "../run.ts";
import { type GateWords, gateWords } from "../run-view/gate-words.ts";
import { type HostNames, hostNames, nodeOf, stepTitle } from "../run-view/step-words.ts";
import type { Phase, Step } from "../step.ts";
import { momentSentence } from "./moments.ts";

/** How an attempt of a step ended, and when. */
export interface Attempt {
  number: number;
  status: StepStatus;
  endedAt: string | null;
  /** It was found done after an interruption. */
  foundDone: boolean;
}

/** An event of a run in a sentence, or a command, at its moment. */
export interface ActivityLine {
  seq: number;
  at: string;
  leg: Leg;
  /** Where it stands; null before the leg's first step. */
  phase: Phase | null;
  kind: "person" | "step" | "command" | "trouble" | "pause" | "moment" | "machine" | "end";
  /** Empty for a command, which is nobody's sentence. */
  text: Text;
  /** A reason given, or what to do about a trouble. */
  detail?: Text;
  host?: string;
  attempt?: Attempt;
  stepId?: StepId;
  command?: Omit<CommandRecord, "nodeId" | "at">;
}

/** Events that an operator's accepted command causes at once; the sentence is theirs, not the command's. */
const effects = new Set<RunEventBody["type"]>([
  "step.reset",
  "step.skipped",
  "step.marked-done",
  "step.confirmed",
  "node.left-out",
  "step.left-out",
  "step.moved",
  "gate.approved",
  "step.cancel-requested",
  "run.pause-requested",
  "run.resumed",
  "run.abandoned",
  "leg.started",
]);

/** What the engine takes up by itself after these is no interruption. */
const handedOver = new Set<RunEventBody["type"]>([
  ...effects,
  "run.created",
  "command.accepted",
  "command.refused",
]);

const asked: Record<OperatorCommandKind, string> = {
  pause: "pause",
  resume: "go on",
  retry: "try again",
  skip: "skip a step",
  "mark-done": "mark a step as done",
  confirm: "confirm what a step could not tell",
  "leave-out": "leave a node out",
  cancel: "cancel a step",
  approve: "let the run go on at a gate",
  abandon: "abandon the run",
  rollback: "roll back",
};

/**
 * A run's journal as sentences in the order in which things happened. Pure: the same journal gives
 * the same lines.
 *
 * @param plans the plans of the legs that were started
 */
export function activityOf(
  events: readonly RunEvent[],
  state: RunState,
  plans: readonly Plan[],
): ActivityLine[] {
  const builder = new ActivityBuilder(state, plans);
  for (const event of events) builder.read(event);
  return builder.lines;
}

class ActivityBuilder {
  readonly lines: ActivityLine[] = [];
  readonly #state: RunState;
  readonly #plans: readonly Plan[];
  readonly #steps: ReadonlyMap<StepId, Step>;
  readonly #hosts: HostNames;
  readonly #open = new Map<StepId, Attempt>();
  #leg: Leg = "forward";
  #phase: Phase | null = null;
  /** Steps that have asked a person already. */
  #asked = new Set<StepId>();
  #reason: string | null = null;
  #last: RunEventBody["type"] | null = null;

  constructor(state: RunState, plans: readonly Plan[]) {
    this.#state = state;
    this.#plans = plans;
    this.#steps = new Map(plans.flatMap((plan) => plan.steps.map((step) => [step.id, step])));
    this.#hosts = hostNames(plans);
  }

  read(event: RunEvent): void {
    const { body } = event;
    const add = (kind: ActivityLine["kind"], text: string, rest: Partial<ActivityLine> = {}) => {
      this.#add({ seq: event.seq, at: event.at, kind, text, ...rest });
    };
    /** What a person did, with the reason given here or with the command. */
    const did = (by: By, text: string, reason: string | null = this.#reason) =>
      add("person", `${by.name} ${text}`, reason ? { detail: `Reason: ${reason}` } : {});

    switch (body.type) {
      case "leg.started":
        this.#leg = body.leg;
        this.#phase = null;
        did(body.by, this.#legWords(body.leg, body.stepIds.length));
        break;
      case "run.taken-up":
        if (this.#last && !handedOver.has(this.#last)) {
          add("machine", "Uplift was interrupted and takes the run up again where it stood.");
        }
        break;
      case "step.started":
        this.#begin(event, body.stepId, body.attempt);
        break;
      case "step.awaits-person": {
        const { console, changes } = body.ask;
        if (this.#asked.has(body.stepId)) break;
        this.#asked.add(body.stepId);
        const keys = changes.map(({ key, to }) => `${key} = ${to}`).join(", ");
        add("machine", `Asks a person to set ${keys} in ha.config in the console (${console}).`, {
          stepId: body.stepId,
        });
        break;
      }
      case "step.reattached":
        add("machine", `Found in flight, goes on: ${this.#named(body.stepId)}.`, {
          stepId: body.stepId,
        });
        break;
      case "step.finished":
        this.#end(event, body.stepId, "succeeded", body.from === "probe");
        break;
      case "step.failed":
      case "step.uncertain": {
        const failed = body.type === "step.failed";
        this.#end(event, body.stepId, failed ? "failed" : "uncertain");
        const verdict = failed ? "Failed" : "Uncertain whether it was done";
        add("trouble", `${verdict}: ${this.#named(body.stepId)}. ${body.error.message}`, {
          detail: body.error.remedy,
          stepId: body.stepId,
          ...this.#placeOf(body.stepId),
        });
        break;
      }
      case "step.skipped":
        did(body.by, `skipped "${this.#named(body.stepId)}".`, body.reason);
        break;
      case "step.marked-done":
        did(body.by, `marked "${this.#named(body.stepId)}" as done.`, body.reason);
        break;
      case "step.confirmed":
        did(
          body.by,
          `confirmed in writing what "${this.#named(body.stepId)}" could not tell or had refused.`,
          body.reason,
        );
        break;
      case "step.cancel-requested":
        did(body.by, `asked to cancel "${this.#named(body.stepId)}".`, body.reason);
        break;
      case "node.left-out": {
        const host = this.#hosts.get(body.nodeId) ?? body.nodeId;
        did(body.by, `left ${host} out: the run goes on without it.`, body.reason);
        break;
      }
      case "step.moved": {
        const host = this.#hosts.get(body.nodeId) ?? body.nodeId;
        add("machine", `On ${host} from now on: ${this.#named(body.stepId)}.`);
        break;
      }
      case "step.reset":
        did(body.by, `asked to try "${this.#named(body.stepId)}" again.`);
        break;
      case "gate.approved":
        add(
          "person",
          `${body.by.name} approved: the run goes on with ${this.#gate(body.stepId).next}.`,
          {
            ...(body.note ? { detail: `Note: ${body.note}` } : {}),
          },
        );
        break;
      case "host.lost":
        add("trouble", `${this.#host(body.nodeId)} gives no answer: ${body.error.message}`, {
          detail: body.error.remedy,
          host: this.#host(body.nodeId),
        });
        break;
      case "host.back":
        add("machine", `${this.#host(body.nodeId)} answers again.`, {
          host: this.#host(body.nodeId),
        });
        break;
      case "time.recorded": {
        const mark = this.#state.marks[body.mark];
        // Every node reports its own moment; the run's is one of them.
        if (mark?.nodeId !== body.nodeId || mark.time !== body.time) break;
        add("moment", momentSentence(body.mark), {
          host: this.#host(body.nodeId),
        });
        break;
      }
      case "backup.proven": {
        const backup = this.#state.backups.find((each) => each.key === body.key);
        if (backup) add("moment", `The dump of ${backup.database} is proven: ${backup.data.path}`);
        break;
      }
      case "backup.rehearsed": {
        const backup = this.#state.backups.find((each) => each.key === body.key);
        if (backup)
          add(
            "moment",
            `The dump of ${backup.database} was restored for practice: nothing differs.`,
          );
        break;
      }
      case "step.command": {
        const { type: _type, nodeId, stepId, ...command } = body;
        add("command", "", { host: this.#host(nodeId), stepId, command });
        break;
      }
      case "command.refused":
        did(body.by, `asked to ${asked[body.kind]}; refused: ${body.why}`, null);
        break;
      case "run.pause-requested":
        did(body.by, "asked for a pause after the steps in flight.");
        break;
      case "run.paused":
        add("pause", this.#pauseWords(body));
        break;
      case "run.resumed":
        // A retry or an approval resumes the run by itself: one sentence is enough.
        if (!this.#last?.startsWith("step.") && this.#last !== "gate.approved")
          did(body.by, "let the run go on.");
        break;
      case "run.succeeded":
        add("end", `The upgrade succeeded${this.#without()}.`);
        break;
      case "run.rolled-back":
        add("end", `The rollback is complete${this.#without()}: everything is as it was before.`);
        break;
      case "run.abandoned":
        did(body.by, "abandoned the run.", body.reason);
        break;
      case "run.created":
      case "step.left-out":
      case "gate.reached":
      case "step.intended":
      case "step.progress":
      case "backup.recorded":
      case "command.accepted":
        break;
    }
    if (body.type === "command.accepted") this.#reason = body.reason;
    else if (effects.has(body.type)) this.#reason = null;
    this.#last = body.type;
  }

  #begin(event: RunEvent, stepId: StepId, number: number): void {
    this.#phase = this.#steps.get(stepId)?.phase ?? this.#phase;
    const attempt: Attempt = { number, status: "running", endedAt: null, foundDone: false };
    const { seq, at } = event;
    const line = { seq, at, kind: "step", text: this.#named(stepId), stepId, attempt } as const;
    this.#open.set(stepId, attempt);
    this.#add({ ...line, ...this.#placeOf(stepId) });
  }

  /** A line where it stands: in the phase of its step, else in the one that began last. */
  #add(line: Omit<ActivityLine, "leg" | "phase">): void {
    const step = line.stepId && this.#steps.get(line.stepId);
    this.lines.push({ ...line, leg: this.#leg, phase: step?.phase ?? this.#phase });
  }

  #end(event: RunEvent, stepId: StepId, status: StepStatus, foundDone = false): void {
    const attempt = this.#open.get(stepId);
    if (!attempt) return;
    this.#open.delete(stepId);
    Object.assign(attempt, { status, endedAt: event.at, foundDone });
  }

  /** " without hz-2", when the run went on without it. */
  #without(): string {
    const names = Object.keys(this.#state.leftOut).map((id) => this.#hosts.get(id as NodeId) ?? id);
    return names.length === 0 ? "" : ` without ${names.join(", ")}`;
  }

  #legWords(leg: Plan["leg"], steps: number): string {
    const plan = this.#plans.find((each) => each.leg === leg);
    const size = steps === 1 ? "1 step" : `${steps} steps`;
    if (leg === "rollback") return `started the rollback: ${size}.`;
    if (this.#state.purpose === "practice") {
      return `started a practice backup of ${plan?.fromVersion ?? "OMS"}, which changes nothing: ${size}.`;
    }
    return plan
      ? `started the upgrade from ${plan.fromVersion} to ${plan.toVersion}: ${size} on ${plan.hosts.length === 1 ? "1 node" : `${plan.hosts.length} nodes`}.`
      : `started the upgrade: ${size}.`;
  }

  #pauseWords({ reason, stepIds }: Extract<RunEventBody, { type: "run.paused" }>): string {
    switch (reason) {
      case "operator":
        return "The run is paused, as asked.";
      case "failed":
        return "The run stands and waits for a decision.";
      case "uncertain":
        return "The run stands: a person must look and decide.";
      case "gate":
        return `The run waits for an approval ${stepIds.map((id) => this.#gate(id).where).join(", ")}.`;
    }
  }

  /** The words of a gate; its id where the plan is not at hand. */
  #gate(stepId: StepId): Pick<GateWords, "where" | "next"> {
    const step = this.#steps.get(stepId);
    if (step?.kind === "gate") return gateWords[step.params.before];
    return { where: `at ${stepId}`, next: `what stands behind ${stepId}` };
  }

  /** The node on which a step is done, where it is done on one. */
  #placeOf(stepId: StepId): Pick<ActivityLine, "host"> {
    const step = this.#steps.get(stepId);
    const nodeId = this.#state.steps[stepId]?.movedTo ?? (step ? nodeOf(step) : null);
    return nodeId === null ? {} : { host: this.#host(nodeId) };
  }

  #host(nodeId: NodeId): string {
    return this.#hosts.get(nodeId) ?? nodeId;
  }

  /** "Stop oms_330 on hz-1" */
  #named(stepId: StepId): string {
    const step = this.#steps.get(stepId);
    return step ? stepTitle(step, this.#hosts) : stepId;
  }
}
