import { z } from "zod";
import { NodeId, RegionId, SecretId } from "./ids.ts";
import {
  DatabaseName,
  DatabaseServer,
  DeploymentSettings,
  Inventory,
  inventoryProblems,
  Node,
  Region,
} from "./inventory.ts";
import { TlsInput } from "./tls.ts";

/**
 * A secret that somebody types. Absent or empty: keep what is stored, as a form shows such a field
 * empty. What no line of input can carry is refused: it could not reach a client's standard input.
 */
export const TypedSecret = z
  .string()
  .max(1024, "At most 1024 characters.")
  .refine((text) => !/[\0\r\n]/.test(text), "No line breaks.")
  .optional()
  .transform((text) => (text === "" ? undefined : text));

const ServerInput = DatabaseServer.omit({ passwordId: true, tls: true, takenFor: true }).extend({
  password: TypedSecret,
  /** For a server that is new: the password that discovery found and sealed, when none is typed. */
  passwordId: SecretId.optional(),
  tls: TlsInput.prefault({}),
});
export type ServerInput = z.infer<typeof ServerInput>;
const NodeInput = Node.extend({ id: NodeId.optional() });
const RegionInput = Region.extend({
  id: RegionId.optional(),
  heartbeatServer: ServerInput.nullable().default(null),
  nodes: z.array(NodeInput),
});

/**
 * A deployment as forms, actions and the API send it: one document. Regions and nodes with an `id`
 * are the ones that exist, those without are new, those left out are removed.
 */
export const DeploymentInput = z
  .object({
    name: Inventory.shape.name,
    version: Inventory.shape.version,
    /** The revision that was edited: somebody else's change in between is not overwritten. */
    revision: z.coerce.number().int().optional(),
    metadb: ServerInput.extend({ rmDatabase: DatabaseName, cmDatabase: DatabaseName }),
    settings: DeploymentSettings.prefault({}),
    regions: z.array(RegionInput).min(1, "At least one region."),
  })
  .superRefine((input, context) => {
    for (const { path, message } of inventoryProblems(asInventory(input))) {
      context.addIssue({ code: "custom", path: path.split("."), message });
    }
  });
export type DeploymentInput = z.infer<typeof DeploymentInput>;
/** What a form holds before it is checked. */
export type DeploymentDraft = z.input<typeof DeploymentInput>;

/** The rules about a whole inventory read neither ids nor passwords, the only parts missing here. */
function asInventory(input: unknown): Pick<Inventory, "regions" | "metadb"> {
  return input as Pick<Inventory, "regions" | "metadb">;
}
