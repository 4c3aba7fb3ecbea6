import type { z } from "zod";
import { notFound } from "#lib/services/refusals.ts";
import * as activeRuns from "./active-runs.ts";
import * as audit from "./audit.ts";
import * as backups from "./backups.ts";
import * as credentials from "./credentials.ts";
import * as deployments from "./deployments.ts";
import * as discovery from "./discovery.ts";
import * as fleet from "./fleet.ts";
import * as help from "./help.ts";
import * as live from "./live.ts";
import * as locks from "./locks.ts";
import type { AnyOperation } from "./operation.ts";
import * as plans from "./plans.ts";
import * as preflights from "./preflights.ts";
import * as rollback from "./rollback.ts";
import * as runFiles from "./run-files.ts";
import * as runLists from "./run-lists.ts";
import * as runs from "./runs.ts";
import * as search from "./search.ts";
import * as tokens from "./tokens.ts";
import * as users from "./users.ts";

/** Every operation there is: what is exported by one of these files. */
const all = {
  ...activeRuns,
  ...audit,
  ...backups,
  ...credentials,
  ...deployments,
  ...discovery,
  ...fleet,
  ...help,
  ...live,
  ...locks,
  ...plans,
  ...preflights,
  ...rollback,
  ...runFiles,
  ...runLists,
  ...runs,
  ...search,
  ...tokens,
  ...users,
};

type All = Extract<(typeof all)[keyof typeof all], AnyOperation>;
export type OperationName = All["name"];
type Named<Name extends OperationName> = Extract<All, { readonly name: Name }>;
/** What a caller sends. */
export type InputOf<Name extends OperationName> = Name extends OperationName
  ? z.input<Named<Name>["input"]>
  : never;
/** The same before it was parsed: a form has texts where numbers are wanted. */
export type Unchecked<Input> = { [Key in keyof Input]: unknown };
/** What it is answered. */
export type OutputOf<Name extends OperationName> = Name extends OperationName
  ? z.output<Named<Name>["output"]>
  : never;

/** The table of operations by name: whatever is not in it cannot be reached from outside. */
export const operations: ReadonlyMap<string, AnyOperation> = new Map(
  Object.values(all).flatMap((one: unknown) => (isOperation(one) ? [[one.name, one]] : [])),
);

/** The operation of this name; it may be any text that came from outside. @throws UpliftError not_found */
export function operationNamed(name: string): AnyOperation {
  const found = operations.get(name);
  if (found) return found;
  throw notFound("operation", String(name).slice(0, 80));
}

function isOperation(value: unknown): value is AnyOperation {
  return typeof value === "function" && "perform" in value && "permission" in value;
}
