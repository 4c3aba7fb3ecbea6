/** The last step header that `docker_init.sh` printed, e.g. `[Step 3] Create the ...` (docs/domain, 3.7). */
export function initProgress(output: string): { step: number; text: string } | null {
  const headers = [...output.matchAll(/\[Step (\d+)\][ \t]*(.*)/g)];
  const last = headers.at(-1);
  return last ? { step: Number(last[1]), text: (last[2] ?? "").trim() } : null;
}

/** Number of steps that `docker_init.sh` announces in the documented releases. */
export const initSteps = 5;

/** The sentence with which the initialisation says that it is complete. */
export function initCompleted(output: string): boolean {
  return /\[Completed\] All initialization steps are executed/.test(output);
}
