import { headers } from "next/headers";
import { actorFromHeaders } from "#lib/auth/actor.ts";
import { type OperationName, operationNamed } from "#lib/operations/table.ts";
import { answer } from "./session.ts";

/**
 * A route handler that performs an operation for a page in the background: a browser sends server actions
 * one after another, and a look over SSH would hold up whatever is clicked meanwhile. It answers as an
 * action does.
 *
 * @param name of an operation that changes nothing: a cookie is enough for it
 * @param inputOf what the operation takes, from the address
 */
export function reading<P>(
  name: OperationName,
  inputOf: (params: P, query: URLSearchParams) => unknown,
) {
  return async (request: Request, { params }: { params: Promise<P> }): Promise<Response> => {
    const input = inputOf(await params, new URL(request.url).searchParams);
    const result = await answer(async () =>
      operationNamed(name).perform(await actorFromHeaders(await headers()), input),
    );
    // With the server's clock, as pages count times from it.
    return Response.json(
      { ...result, at: Date.now() },
      { headers: { "cache-control": "no-store" } },
    );
  };
}
