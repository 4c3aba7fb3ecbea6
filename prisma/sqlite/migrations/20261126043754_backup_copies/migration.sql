-- AlterTable
ALTER TABLE "Backup" ADD COLUMN "deletedAt" DATETIME;
ALTER TABLE "Backup" ADD COLUMN "deletion" TEXT;

-- CreateTable
CREATE TABLE "BackupCopy" (
    "runId" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "directory" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "copied" BIGINT NOT NULL DEFAULT 0,
    "total" BIGINT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "triedAt" DATETIME,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "trouble" TEXT,
    "provenAt" DATETIME,

    PRIMARY KEY ("runId", "key"),
    CONSTRAINT "BackupCopy_runId_key_fkey" FOREIGN KEY ("runId", "key") REFERENCES "Backup" ("runId", "key") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "BackupCopy_state_idx" ON "BackupCopy"("state");
