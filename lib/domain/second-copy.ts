import { z } from "zod";

/** Where a second copy of every proven dump goes: nowhere, to the dashboard's data, to another node. */
export const SecondCopy = z.enum(["none", "dashboard", "node"]);
export type SecondCopy = z.infer<typeof SecondCopy>;
