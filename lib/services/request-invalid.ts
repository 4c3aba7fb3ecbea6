import type { z } from "zod";
import { UpliftError } from "#lib/domain/errors.ts";
import type { Text } from "#lib/domain/message.ts";

/** A field of a form that needs attention; `path` is dotted: `regions.0.nodes.1.name`. */
export interface FieldProblem {
  path: string;
  message: Text;
}

/** What was sent cannot be used; `fields` says where and why. */
export class RequestInvalid extends UpliftError {
  readonly fields: readonly FieldProblem[];

  constructor(fields: readonly FieldProblem[]) {
    const first = fields[0];
    const place = first?.path ? `${first.path}: ` : "";
    super("request.invalid", first ? `${place}${first.message}` : "The request is not valid.", {
      remedy: "Correct the fields that are marked, then send it again.",
    });
    this.name = "RequestInvalid";
    this.fields = fields;
  }

  /** What a schema found. */
  static of(error: z.ZodError): RequestInvalid {
    return new RequestInvalid(
      error.issues.map(({ path, message }) => ({ path: path.join("."), message })),
    );
  }
}

/** The input as the schema has it. @throws RequestInvalid */
export function parseRequest<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw RequestInvalid.of(parsed.error);
}
