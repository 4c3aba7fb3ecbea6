import { z } from "zod";

const Health = z.object({ data: z.object({ healthy: z.boolean() }) });

/** Whether an answer of `/oms/health` says healthy; null when it is not an answer of OMS. */
export function readHealth(answer: { status: number; body: string }): boolean | null {
  let body: unknown;
  try {
    body = JSON.parse(answer.body);
  } catch {
    return null;
  }
  const parsed = Health.safeParse(body);
  return parsed.success ? parsed.data.data.healthy && answer.status === 200 : null;
}
