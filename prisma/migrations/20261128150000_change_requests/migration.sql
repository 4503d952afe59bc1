-- CreateEnum
CREATE TYPE "change_request_status" AS ENUM ('reserved', 'open', 'done', 'rejected', 'withdrawn', 'refused');

-- AlterTable
ALTER TABLE "approval_code" ADD COLUMN     "change_request_id" INTEGER,
ALTER COLUMN "onboarding_id" DROP NOT NULL;

-- CreateTable
CREATE TABLE "change_request" (
    "id" SERIAL NOT NULL,
    "customer_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "request_key" TEXT NOT NULL,
    "workflow_id" TEXT NOT NULL,
    "opened_by" TEXT,
    "status" "change_request_status" NOT NULL,
    "size" TEXT,
    "step" TEXT NOT NULL DEFAULT 'mapping',
    "health" TEXT NOT NULL DEFAULT 'on track',
    "waiting_on" TEXT,
    "due_at" TIMESTAMPTZ(3),
    "open_questions" INTEGER NOT NULL DEFAULT 0,
    "places" TEXT[],
    "filed_by" TEXT NOT NULL,
    "manager" TEXT NOT NULL,
    "version" INTEGER,
    "kept" BOOLEAN,
    "view" JSONB NOT NULL,
    "filed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "change_request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "change_request_event" (
    "change_request_id" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" TEXT NOT NULL,
    "recorded_by" TEXT,
    "via" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "about" TEXT,
    "text" TEXT,
    "refused" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "change_request_event_pkey" PRIMARY KEY ("change_request_id","seq")
);

-- CreateTable
CREATE TABLE "change_proposal" (
    "change_request_id" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "base_version" INTEGER NOT NULL,
    "run" INTEGER NOT NULL,
    "differences" JSONB NOT NULL,
    "effects" JSONB NOT NULL,
    "closed" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "change_proposal_pkey" PRIMARY KEY ("change_request_id","version")
);

-- CreateIndex
CREATE UNIQUE INDEX "change_request_customer_id_number_key" ON "change_request"("customer_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "change_request_customer_id_request_key_key" ON "change_request"("customer_id", "request_key");

-- CreateIndex
CREATE UNIQUE INDEX "approval_code_change_request_id_subject_contact_id_key" ON "approval_code"("change_request_id", "subject", "contact_id");

-- AddForeignKey
ALTER TABLE "approval_code" ADD CONSTRAINT "approval_code_change_request_id_fkey" FOREIGN KEY ("change_request_id") REFERENCES "change_request"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "change_request" ADD CONSTRAINT "change_request_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "change_request_event" ADD CONSTRAINT "change_request_event_change_request_id_fkey" FOREIGN KEY ("change_request_id") REFERENCES "change_request"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "change_proposal" ADD CONSTRAINT "change_proposal_change_request_id_fkey" FOREIGN KEY ("change_request_id") REFERENCES "change_request"("id") ON DELETE CASCADE ON UPDATE CASCADE;
