-- AlterTable
ALTER TABLE "Deployment" ADD COLUMN "metaTls" TEXT;

-- AlterTable
ALTER TABLE "Region" ADD COLUMN "heartbeatTls" TEXT;
