import type { Fault } from "./fault.ts";
import { anotherMetadb } from "./faults/another-metadb.ts";
import { filesOfAnotherKind, foreignFiles, unreadableFiles } from "./faults/configuration.ts";
import { onHostsAndMetadb } from "./faults/hosts-and-metadb.ts";
import { noScratchDatabase, readOnlyServer } from "./faults/metadb-rights.ts";
import { onNodeImageEngine } from "./faults/node-image-engine.ts";
import { notWhatIsThere } from "./faults/not-what-is-there.ts";
import { noRoomOrTool } from "./faults/room-and-tools.ts";

/** Faults that do not get in each other's way are made together: one look tells of them all. */
export const rounds: Record<string, Fault[]> = {
  "hosts and MetaDB": onHostsAndMetadb,
  "configuration, HA and archives of another kind": filesOfAnotherKind,
  "a node, an image and a Docker Engine that are not as they should be": onNodeImageEngine,
  "aliases and quotes that do not close": unreadableFiles,
  "a MetaDB in which no scratch database can be made": noScratchDatabase,
  "a MetaDB that writes nothing": readOnlyServer,
  "what is registered or asked for is not what is there": notWhatIsThere,
  "an archive larger than the disk, and a tool that the settings ask for": noRoomOrTool,
  "a foreign and an oversized configuration": foreignFiles,
  "another MetaDB than the registered one": anotherMetadb,
};
