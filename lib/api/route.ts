import type { z } from "zod";
import type { Render } from "#lib/domain/message.ts";
import type { AnyOperation, Operation } from "#lib/operations/operation.ts";

export type Method = "GET" | "POST" | "PUT" | "DELETE";

/** What came with a request: its path's parts, its query and its body as one document. */
export type Sent = Readonly<Record<string, unknown>>;

/** An address of the API, which performs an operation. */
export interface Route {
  method: Method;
  /** Parts in braces are fields of the operation's input. */
  path: string;
  operation: AnyOperation;
  /** Fields of the input that are taken from the query, with their names there. */
  query: Readonly<Record<string, string>>;
  status: number;
  /** For the documentation: what it takes beside its path, and what it answers. */
  takes: string;
  answers: string;
  /** The answer's body, where it is not the operation's output as JSON. */
  answer: ((output: unknown, input: Sent, render: Render) => unknown) | null;
  /** An operation that takes the place of this one for some requests. */
  instead: Instead | null;
}

interface Instead {
  when: (sent: Sent) => boolean;
  operation: AnyOperation;
  /** For the documentation: when. */
  what: string;
}

interface Options<Out> {
  query?: Route["query"];
  status?: number;
  takes?: string;
  answers?: string;
  answer?: (output: Out, input: Sent, render: Render) => unknown;
  instead?: Instead;
}

/** An address that performs this operation. */
export function route<I extends z.ZodType, O extends z.ZodType>(
  method: Method,
  path: string,
  operation: Operation<string, I, O>,
  options: Options<z.output<O>> = {},
): Route {
  const { query = {}, status = 200, takes = "", answers = "", answer, instead = null } = options;
  return {
    ...{ method, path, operation, query, status, takes, answers, instead },
    // The output is what the operation's schema says.
    answer: answer ? (output, input, render) => answer(output as z.output<O>, input, render) : null,
  };
}

/** The fields of a path, or null when the address is another one. */
export function fieldsOf(path: string, address: readonly string[]): Record<string, string> | null {
  const parts = path.slice(1).split("/");
  if (parts.length !== address.length) return null;
  const fields: Record<string, string> = {};
  for (const [index, part] of parts.entries()) {
    const given = address[index] ?? "";
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name) fields[name] = given;
    else if (part !== given) return null;
  }
  return fields;
}
