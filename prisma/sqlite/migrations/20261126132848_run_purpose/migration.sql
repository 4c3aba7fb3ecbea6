-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Run" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "deploymentId" TEXT NOT NULL,
    "activeDeploymentId" TEXT,
    "purpose" TEXT NOT NULL DEFAULT 'upgrade',
    "fromVersion" TEXT NOT NULL,
    "toVersion" TEXT NOT NULL,
    "startedBy" TEXT NOT NULL,
    "startedById" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "worker" TEXT,
    "generation" INTEGER NOT NULL DEFAULT 0,
    "status" TEXT NOT NULL,
    "leg" TEXT NOT NULL,
    "lastSeq" INTEGER NOT NULL DEFAULT 0,
    "lastLog" INTEGER NOT NULL DEFAULT 0,
    "pausedFor" TEXT,
    "t1" DATETIME,
    "t2" DATETIME,
    "t3" DATETIME,
    "endedAt" DATETIME,
    CONSTRAINT "Run_deploymentId_fkey" FOREIGN KEY ("deploymentId") REFERENCES "Deployment" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
INSERT INTO "new_Run" ("activeDeploymentId", "createdAt", "deploymentId", "endedAt", "fromVersion", "generation", "id", "lastLog", "lastSeq", "leg", "pausedFor", "startedBy", "startedById", "status", "t1", "t2", "t3", "toVersion", "worker") SELECT "activeDeploymentId", "createdAt", "deploymentId", "endedAt", "fromVersion", "generation", "id", "lastLog", "lastSeq", "leg", "pausedFor", "startedBy", "startedById", "status", "t1", "t2", "t3", "toVersion", "worker" FROM "Run";
DROP TABLE "Run";
ALTER TABLE "new_Run" RENAME TO "Run";
CREATE UNIQUE INDEX "Run_activeDeploymentId_key" ON "Run"("activeDeploymentId");
CREATE INDEX "Run_deploymentId_createdAt_idx" ON "Run"("deploymentId", "createdAt");
CREATE INDEX "Run_createdAt_idx" ON "Run"("createdAt");
CREATE INDEX "Run_status_createdAt_idx" ON "Run"("status", "createdAt");
CREATE INDEX "Run_startedBy_createdAt_idx" ON "Run"("startedBy", "createdAt");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
