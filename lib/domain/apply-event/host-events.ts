import type { RunEvent, RunEventBody } from "../events.ts";
import type { RunState } from "../run.ts";
import { refuse } from "./illegal-event.ts";

type RunEventOfHost = Extract<RunEventBody, { type: `host.${string}` | `node.${string}` }>;

/** Hosts that give no answer, give one again, or are done without. @throws IllegalEvent */
export function applyToHosts(state: RunState, event: RunEvent, body: RunEventOfHost): RunState {
  const { nodeId } = body;
  switch (body.type) {
    case "host.lost": {
      const { since, error } = body;
      // Told again, the reason is better known; the moment stays.
      const absence = { since: state.unreachable[nodeId]?.since ?? since, error };
      return { ...state, unreachable: { ...state.unreachable, [nodeId]: absence } };
    }

    case "host.back": {
      const { [nodeId]: _, ...unreachable } = state.unreachable;
      return { ...state, unreachable };
    }

    case "node.left-out": {
      if (state.status !== "paused") refuse(event, `the run is ${state.status}`);
      if (state.leftOut[nodeId]) refuse(event, `${nodeId} was left out before`);
      const { reason, by, silentSince } = body;
      const { [nodeId]: _, ...unreachable } = state.unreachable;
      const leftOut = { ...state.leftOut, [nodeId]: { reason, by, at: event.at, silentSince } };
      return { ...state, unreachable, leftOut };
    }
  }
}
