-- Written by hand: a new table in the place of "Region" would take the nodes of the old one with it.
ALTER TABLE "Region" ADD COLUMN "bastionHost" TEXT;
ALTER TABLE "Region" ADD COLUMN "bastionPort" INTEGER;
ALTER TABLE "Region" ADD COLUMN "bastionHostKey" TEXT;
ALTER TABLE "Region" ADD COLUMN "bastionCredentialId" TEXT REFERENCES "Credential" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "Region_bastionCredentialId_idx" ON "Region"("bastionCredentialId");
