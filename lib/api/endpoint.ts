import { actorFromHeaders } from "#lib/auth/actor.ts";
import { UpliftError } from "#lib/domain/errors.ts";
import { inWords, type Render } from "#lib/domain/message.ts";
import { chooseLocale, type Locale, localeCookie } from "#lib/i18n/locales.ts";
import { saidIn } from "#lib/i18n/said-in.ts";
import { logger } from "#lib/log/log.ts";
import { RequestInvalid } from "#lib/services/request-invalid.ts";
import { problemOf } from "./problem.ts";
import { fieldsOf, type Route, type Sent } from "./route.ts";
import { routes } from "./routes.ts";

/** Larger bodies are not forms. */
const maxBodyBytes = 1024 * 1024;

/** Answers a request to an address below `/api/v1`; errors as problem details. */
export async function answerApi(
  request: Request,
  { params }: { params: Promise<{ path: string[] }> },
): Promise<Response> {
  const { path } = await params;
  const found = routes.flatMap((route) => {
    const fields = fieldsOf(route.path, path);
    return fields ? [{ route, fields }] : [];
  });
  // An address of plain words goes before one with a field in that place.
  const [least] = found.map(({ fields }) => Object.keys(fields).length).sort();
  const here = found.filter(({ fields }) => Object.keys(fields).length === least);
  const method = request.method === "HEAD" ? "GET" : request.method;
  const match = here.find(({ route }) => route.method === method);
  if (here.length > 0 && !match) {
    const allow = here.map(({ route }) => route.method).join(", ");
    return new Response(null, { status: 405, headers: { allow } });
  }
  // In the language of whoever asks.
  const render = saidIn[localeOf(request.headers)];
  try {
    if (!match) throw nothingAt(`/api/v1/${path.join("/")}`);
    return await perform(match.route, match.fields, request, render);
  } catch (error) {
    const problem = problemOf(error, render);
    if (problem.status === 500) logger("api").error("a request failed", { error });
    return Response.json(problem, {
      status: problem.status,
      headers: { "content-type": "application/problem+json", "cache-control": "no-store" },
    });
  }
}

/** A page's link sends what its reader chose, a program what it accepts. */
function localeOf(headers: Headers): Locale {
  const chosen = new RegExp(`(?:^|; )${localeCookie}=([\\w-]+)`).exec(headers.get("cookie") ?? "");
  return chooseLocale(chosen?.[1], headers.get("accept-language"));
}

/**
 * Who asks, one operation, and its output.
 * State can be changed with a bearer token only: a cookie would let other sites' pages do it.
 */
async function perform(
  route: Route,
  fields: Record<string, string>,
  request: Request,
  render: Render,
): Promise<Response> {
  const actor = await actorFromHeaders(request.headers);
  const changes = route.method !== "GET";
  if (!actor || (changes && actor.via !== "token")) {
    throw new UpliftError("unauthenticated", "This address needs a valid bearer token.", {
      remedy:
        "Make one under Settings > API tokens, or with npm run token; send it as Authorization: Bearer.",
    });
  }
  const asked = new URL(request.url).searchParams;
  const query = Object.entries(route.query).flatMap(([field, name]) => {
    const text = asked.get(name);
    return text === null ? [] : [[field, text] as const];
  });
  const sent: Sent = {
    ...(changes ? await readBody(request) : {}),
    ...Object.fromEntries(query),
    ...fields,
  };
  const { operation } = route.instead?.when(sent) ? route.instead : route;
  const output = await operation.perform(actor, sent).catch((error: unknown) => {
    throw namesNothing(error, sent, new Set([...Object.keys(fields), ...idsOf(route)]));
  });
  const answer = route.answer ? route.answer(output, sent, render) : output;
  if (answer instanceof Response) return answer;
  return Response.json(inWords(answer ?? null, render), {
    status: route.status,
    headers: { "cache-control": "no-store" },
  });
}

/** Fields of the query that name something. */
const idsOf = ({ query }: Route) => Object.keys(query).filter((field) => field.endsWith("Id"));

/** An address with an id that cannot be one is as unknown as one whose id nothing has. */
function namesNothing(error: unknown, sent: Sent, names: ReadonlySet<string>): unknown {
  if (!(error instanceof RequestInvalid)) return error;
  const wrong = error.fields.find(({ path }) => names.has(path));
  return wrong ? nothingAt(String(sent[wrong.path])) : error;
}

function nothingAt(text: string): UpliftError {
  return new UpliftError("not_found", `There is no ${text.slice(0, 80)}.`, {
    remedy: "Check the address.",
  });
}

async function readBody(request: Request): Promise<Sent> {
  const invalid = (message: string) => new RequestInvalid([{ path: "", message }]);
  if (Number(request.headers.get("content-length") ?? 0) > maxBodyBytes) {
    throw invalid("The body is larger than 1 MiB.");
  }
  const text = await request.text();
  if (text.length > maxBodyBytes) throw invalid("The body is larger than 1 MiB.");
  if (text.trim() === "") return {};
  let body: unknown;
  try {
    body = JSON.parse(text) ?? {};
  } catch {
    throw invalid("The body is not JSON.");
  }
  if (typeof body === "object" && !Array.isArray(body)) return body as Sent;
  throw invalid("The body is not a JSON object.");
}
