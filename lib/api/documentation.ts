import type { Route } from "./route.ts";
import { routes } from "./routes.ts";

const heading = "| endpoint | success | permission |";

/** The text of docs/api.md with its table of addresses as the routes are. */
export function withRoutes(text: string): string {
  const lines = text.split("\n");
  const from = lines.indexOf(heading);
  if (from < 0) throw new Error(`docs/api.md has no line "${heading}"`);
  const length = lines.slice(from).findIndex((line) => !line.startsWith("|"));
  lines.splice(from, length, heading, "|---|---|---|", ...routes.map(line));
  return lines.join("\n");
}

function line({ method, path, operation, status, takes, answers, instead }: Route): string {
  const success = answers ? `${status}, ${answers}` : String(status);
  const permission = instead
    ? `\`${operation.permission}\`; for ${instead.what} \`${instead.operation.permission}\``
    : `\`${operation.permission}\``;
  const shown = path.replace("{index}", "{0 or 1}").replace(/\{(?!stepId)\w*Id\}/g, "{id}");
  const more = takes.startsWith("`") ? `, ${takes}` : takes && ` ${takes}`;
  return `| \`${method} ${shown}\`${more} | ${success} | ${permission} |`;
}
