-- AlterTable
ALTER TABLE "Credential" ADD COLUMN "typedById" TEXT;
