import type { DeploymentSettings } from "./inventory.ts";

/** What a deployment is registered with when nothing else is said; the schema has the same (its test). */
export const defaultSettings: DeploymentSettings = {
  backupDirectory: "/home/admin/uplift-backups",
  compression: "auto",
  rehearseBelowMiB: 2048,
  refetchMarginMin: 30,
  haWay: "direct",
  restartConsoleAfterHa: true,
  unknownMetadb: "refuse",
  healthTimeoutMin: 15,
  secondCopy: "none",
  keepBackups: 3,
  keepBackupDays: 90,
  deleteBackups: "by-hand",
};
