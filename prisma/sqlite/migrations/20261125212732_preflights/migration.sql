-- CreateTable
CREATE TABLE "Preflight" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "deploymentId" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "target" TEXT NOT NULL,
    "planId" TEXT,
    "checks" TEXT NOT NULL,
    "passed" INTEGER NOT NULL,
    "warnings" INTEGER NOT NULL,
    "failed" INTEGER NOT NULL,
    "unknown" INTEGER NOT NULL,
    "tookMs" INTEGER NOT NULL,
    "createdBy" TEXT NOT NULL,
    "createdById" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "Preflight_deploymentId_fkey" FOREIGN KEY ("deploymentId") REFERENCES "Deployment" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "Preflight_deploymentId_createdAt_idx" ON "Preflight"("deploymentId", "createdAt");
