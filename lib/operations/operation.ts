import { z } from "zod";
import { UpliftError } from "#lib/domain/errors.ts";
import { type Actor, type Permission, roleMay } from "#lib/domain/roles.ts";
import { parseRequest } from "#lib/services/request-invalid.ts";

/** A use case: who may do it, what it takes, what it answers, and what it does. */
export interface Definition<Name extends string, I extends z.ZodType, O extends z.ZodType> {
  name: Name;
  permission: Permission;
  input: I;
  output: O;
  /** Called for an actor who may do this, with an input that fits. */
  run(actor: Actor, input: z.output<I>): Promise<z.output<O>>;
}

/** What every entrance sees of an operation. */
export interface AnyOperation {
  readonly name: string;
  readonly permission: Permission;
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  /** As calling it, with an input that nobody has looked at yet. */
  perform(actor: Actor | null, input: unknown): Promise<unknown>;
}

/**
 * A use case behind its guard. There is no other way to it: calling it asks for the permission first,
 * then parses the input, then runs.
 *
 * @throws UpliftError unauthenticated, forbidden; RequestInvalid; and what the use case itself throws
 */
export interface Operation<Name extends string, I extends z.ZodType, O extends z.ZodType>
  extends AnyOperation {
  (actor: Actor | null, ...input: InputArguments<I>): Promise<z.output<O>>;
  readonly name: Name;
  readonly input: I;
  readonly output: O;
}

type InputArguments<I extends z.ZodType> =
  undefined extends z.input<I> ? [input?: z.input<I>] : [input: z.input<I>];

/** Makes an operation of its definition. It can be reached from outside once it is in the table. */
export function operation<Name extends string, I extends z.ZodType, O extends z.ZodType>({
  name,
  permission,
  input,
  output,
  run,
}: Definition<Name, I, O>): Operation<Name, I, O> {
  const perform = async (actor: Actor | null, given: unknown): Promise<z.output<O>> => {
    const permitted = permit(actor, permission);
    const result = await run(permitted, parseRequest(input, given));
    if (checked.outputs) requireShape(name, output, result);
    return result;
  };
  const guarded = (actor: Actor | null, ...[given]: InputArguments<I>) => perform(actor, given);
  Object.defineProperty(guarded, "name", { value: name });
  return Object.assign(guarded, { permission, input, output, perform }) as Operation<Name, I, O>;
}

/**
 * Goes on only when there is somebody whose role may do this. For operations, where a part of the input needs more than the rest.
 *
 * @throws UpliftError unauthenticated, forbidden
 */
export function permit(actor: Actor | null, permission: Permission): Actor {
  if (!actor) {
    throw new UpliftError("unauthenticated", "Your session is over.", { remedy: "Sign in again." });
  }
  if (roleMay(actor.role, permission)) return actor;
  throw new UpliftError("forbidden", `The role "${actor.role}" may not do this (${permission}).`, {
    remedy: "Ask an administrator to do it, or to change your role.",
  });
}

/** The input of an operation that takes none. */
export const nothing = z.object({}).optional();

/** An output whose shape only the compiler knows: a type of the core without a schema. */
export function typed<T>(): z.ZodType<T> {
  return z.custom<T>();
}

const checked = { outputs: false };

/** From now on every output is compared with its schema. For tests: a server trusts the compiler. */
export function checkOutputs(): void {
  checked.outputs = true;
}

function requireShape(name: string, output: z.ZodType, result: unknown): void {
  const { error } = output.safeParse(result);
  if (error) throw new Error(`${name} answered what it says it never does`, { cause: error });
}
