import { db } from "#lib/store/client.ts";

/** For load balancers and supervisors: the process answers and its database does too. */
export async function GET(): Promise<Response> {
  try {
    await db().setting.count();
    return Response.json({ healthy: true });
  } catch {
    return Response.json({ healthy: false }, { status: 503 });
  }
}
