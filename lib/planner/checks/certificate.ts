import type { Check, NodeFacts } from "#lib/domain/facts.ts";
import { check } from "./check.ts";

/** A certificate that ends sooner than this is told of, days. */
const soonDays = 30;
const dayMs = 24 * 60 * 60 * 1000;

/** Under HTTPS: how long is the console's certificate good for? */
export function certificateCheck({ nodeId, name, survey }: NodeFacts, seenAt: string): Check[] {
  const certificate = survey?.certificate;
  if (!certificate) return [];
  const { path, expiresAt, trouble } = certificate;
  const id = `certificate.${nodeId}` as const;
  const title = "HTTPS certificate";
  if (expiresAt === null) {
    const evidence = `${path} on ${name}: ${trouble}.`;
    const remedy = `Put a certificate in PEM at ${path}: nginx of the new container needs it to start.`;
    return [check(id, name, title, "fail", evidence, remedy)];
  }
  const days = Math.floor((Date.parse(expiresAt) - Date.parse(seenAt)) / dayMs);
  return [
    check(
      id,
      name,
      title,
      days < soonDays ? "warning" : "pass",
      days < 0
        ? `${path} expired on ${expiresAt.slice(0, 10)}.`
        : `${path} is good until ${expiresAt.slice(0, 10)}, ${days} days from now.`,
      "Replace it with a new one on every node; it is mounted, so the new container takes it.",
    ),
  ];
}
