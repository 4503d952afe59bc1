-- AlterTable
ALTER TABLE "change" ADD COLUMN     "held_with" TEXT;

-- AlterTable
ALTER TABLE "snapshot" ADD COLUMN     "guard" TEXT,
ADD COLUMN     "waived_by" TEXT,
ADD COLUMN     "waiver" TEXT;

-- CreateTable
CREATE TABLE "selection" (
    "id" SERIAL NOT NULL,
    "run_id" INTEGER NOT NULL,
    "xids" TEXT[],
    "by" TEXT NOT NULL,
    "comment" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "selection_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "selection_run_id_idx" ON "selection"("run_id");

-- AddForeignKey
ALTER TABLE "selection" ADD CONSTRAINT "selection_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "plan"("run_id") ON DELETE CASCADE ON UPDATE CASCADE;
