-- AlterTable
ALTER TABLE "run" ADD COLUMN     "as_planned" INTEGER;
