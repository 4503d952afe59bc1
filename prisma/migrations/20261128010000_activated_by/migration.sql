-- AlterTable
ALTER TABLE "mapping" ADD COLUMN     "activated_by" TEXT;
