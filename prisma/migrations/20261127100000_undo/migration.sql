-- AlterTable
ALTER TABLE "run" ADD COLUMN     "undoes" INTEGER;

