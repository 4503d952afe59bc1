-- AlterTable
ALTER TABLE "run" ADD COLUMN     "frozen_until" TIMESTAMPTZ(3),
ADD COLUMN     "pilot_id" INTEGER,
ADD COLUMN     "reconciles" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "pilot" (
    "id" SERIAL NOT NULL,
    "customer_id" TEXT NOT NULL,
    "group" JSONB,
    "xids" TEXT[],
    "by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "pilot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "freeze" (
    "id" SERIAL NOT NULL,
    "customer_id" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "by" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" TEXT,

    CONSTRAINT "freeze_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "pilot_customer_id_idx" ON "pilot"("customer_id");

-- CreateIndex
CREATE INDEX "freeze_customer_id_id_idx" ON "freeze"("customer_id", "id");

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_pilot_id_fkey" FOREIGN KEY ("pilot_id") REFERENCES "pilot"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pilot" ADD CONSTRAINT "pilot_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "freeze" ADD CONSTRAINT "freeze_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;
