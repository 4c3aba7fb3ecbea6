-- DropIndex
DROP INDEX "Run_status_idx";

-- CreateTable
CREATE TABLE "LastLook" (
    "deploymentId" TEXT NOT NULL PRIMARY KEY,
    "seenAt" DATETIME NOT NULL,
    "unwell" INTEGER NOT NULL,
    "ha" BOOLEAN,
    "nodes" TEXT NOT NULL,
    CONSTRAINT "LastLook_deploymentId_fkey" FOREIGN KEY ("deploymentId") REFERENCES "Deployment" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "Run_createdAt_idx" ON "Run"("createdAt");

-- CreateIndex
CREATE INDEX "Run_status_createdAt_idx" ON "Run"("status", "createdAt");

-- CreateIndex
CREATE INDEX "Run_startedBy_createdAt_idx" ON "Run"("startedBy", "createdAt");
