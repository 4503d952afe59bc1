-- AlterTable
ALTER TABLE "change" ADD COLUMN     "held_with" TEXT;

-- AlterTable
ALTER TABLE "run" ADD COLUMN     "cause" TEXT;

-- AlterTable
ALTER TABLE "snapshot" ADD COLUMN     "guard" TEXT,
ADD COLUMN     "waived_by" TEXT,
ADD COLUMN     "waiver" TEXT;

-- AlterTable
ALTER TABLE "link" ADD COLUMN     "missing_since" TIMESTAMPTZ(3),
ADD COLUMN     "missing_snapshot" INTEGER;

-- CreateTable
CREATE TABLE "plan_wait" (
    "run_id" INTEGER NOT NULL,
    "xid" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3),
    "reason" TEXT NOT NULL,

    CONSTRAINT "plan_wait_pkey" PRIMARY KEY ("run_id","xid")
);

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

-- AddForeignKey
ALTER TABLE "plan_wait" ADD CONSTRAINT "plan_wait_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "plan"("run_id") ON DELETE CASCADE ON UPDATE CASCADE;
