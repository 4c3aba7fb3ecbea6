import type { RunEvent, RunEventBody } from "../events.ts";
import type { RunState } from "../run.ts";
import { refuse } from "./illegal-event.ts";

type RunEventOfRecord = Extract<RunEventBody, { type: `time.${string}` | `backup.${string}` }>;

/** What the steps leave on record for the whole run: moments and backups. @throws IllegalEvent */
export function applyToRecords(state: RunState, event: RunEvent, body: RunEventOfRecord): RunState {
  switch (body.type) {
    case "time.recorded": {
      const known = state.marks[body.mark];
      // Several nodes stop at once and each reports its moment: T1 and T3 are the first of them. A
      // node that reports again after an interruption changes nothing.
      if (known && (known.time <= body.time || known.nodeId === body.nodeId)) return state;
      const { mark, nodeId, hostTime, time, skewMs } = body;
      return {
        ...state,
        marks: { ...state.marks, [mark]: { mark, nodeId, hostTime, time, skewMs } },
      };
    }

    case "backup.recorded":
      return {
        ...state,
        backups: [...state.backups.filter((backup) => backup.key !== body.backup.key), body.backup],
      };

    case "backup.proven": {
      if (!state.backups.some((backup) => backup.key === body.key)) {
        refuse(event, `no backup ${body.key} was recorded`);
      }
      return {
        ...state,
        backups: state.backups.map((backup) =>
          backup.key === body.key ? { ...backup, proven: true, manifest: body.manifest } : backup,
        ),
      };
    }

    case "backup.rehearsed": {
      const backup = state.backups.find(({ key }) => key === body.key);
      if (!backup?.proven) refuse(event, `backup ${body.key} is not proven`);
      return {
        ...state,
        backups: state.backups.map((one) => (one === backup ? { ...one, rehearsed: true } : one)),
      };
    }
  }
}
