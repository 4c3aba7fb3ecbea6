import { auth } from "./auth.ts";

/**
 * The endpoints of better-auth that a browser may call. All others (it brings dozens: impersonation,
 * changing users, ...) go past the audit and the permission table, so they do not exist for us.
 */
const open = new Set(["POST /sign-in/email", "POST /sign-out"]);

/** The route handler for app/api/auth/[...all]. */
export async function authHandler(request: Request): Promise<Response> {
  const path = new URL(request.url).pathname.replace(/^\/api\/auth/, "");
  if (!open.has(`${request.method} ${path}`)) {
    return Response.json({ code: "not_found", message: "No such address." }, { status: 404 });
  }
  const answer = await auth().handler(request);
  if (!answer.ok) return answer;
  // better-auth's own body repeats the session's token, which scripts must not see.
  const headers = new Headers(answer.headers);
  headers.delete("content-length");
  return new Response("{}", { status: answer.status, headers });
}
