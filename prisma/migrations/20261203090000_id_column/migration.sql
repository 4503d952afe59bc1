-- By which column the rows of an accepted delivery are kept as people's; empty for those of before it was noted.

ALTER TABLE "snapshot" ADD COLUMN "id_column" TEXT;
