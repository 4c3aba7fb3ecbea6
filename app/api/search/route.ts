import { answerJson } from "#lib/actions/answer-json.ts";
import { search } from "#lib/services/search.ts";

/** What the palette finds while one types. */
export async function GET(request: Request): Promise<Response> {
  const text = new URL(request.url).searchParams.get("text") ?? "";
  return answerJson((actor) => search(actor, text));
}
