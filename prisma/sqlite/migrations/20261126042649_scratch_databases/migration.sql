-- AlterTable
ALTER TABLE "Leftover" ADD COLUMN "scratchDroppedAt" DATETIME;
