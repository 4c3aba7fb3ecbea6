-- CreateTable
CREATE TABLE "Leftover" (
    "runId" TEXT NOT NULL,
    "nodeId" TEXT NOT NULL,
    "lockReleasedAt" DATETIME,
    "jobsRemovedAt" DATETIME,
    "triedAt" DATETIME,
    "trouble" TEXT,

    PRIMARY KEY ("runId", "nodeId"),
    CONSTRAINT "Leftover_runId_fkey" FOREIGN KEY ("runId") REFERENCES "Run" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "Leftover_jobsRemovedAt_idx" ON "Leftover"("jobsRemovedAt");
