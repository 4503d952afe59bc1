-- AlterTable
ALTER TABLE "snapshot" ADD COLUMN     "marks" BYTEA,
ADD COLUMN     "rows_file" TEXT;
