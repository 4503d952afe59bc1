-- CreateEnum
CREATE TYPE "contact_side" AS ENUM ('customer', 'speakap');

-- CreateEnum
CREATE TYPE "onboarding_status" AS ENUM ('running', 'paused', 'done', 'cancelled');

-- CreateEnum
CREATE TYPE "mail_status" AS ENUM ('intended', 'sent', 'not_sent', 'unknown');

-- CreateTable
CREATE TABLE "contact" (
    "customer_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "side" "contact_side" NOT NULL,
    "role" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "approves" BOOLEAN NOT NULL DEFAULT true,
    "owns" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "contact_pkey" PRIMARY KEY ("customer_id","id")
);

-- CreateTable
CREATE TABLE "onboarding" (
    "id" SERIAL NOT NULL,
    "customer_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "request_key" TEXT NOT NULL,
    "workflow_id" TEXT NOT NULL,
    "status" "onboarding_status" NOT NULL,
    "phase" TEXT NOT NULL,
    "health" TEXT NOT NULL,
    "waiting_on" TEXT,
    "iteration" INTEGER NOT NULL DEFAULT 0,
    "open_questions" INTEGER NOT NULL DEFAULT 0,
    "due_date" TIMESTAMPTZ(3),
    "go_live" TIMESTAMPTZ(3),
    "manager" TEXT NOT NULL,
    "view" JSONB NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "onboarding_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "onboarding_event" (
    "onboarding_id" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" TEXT NOT NULL,
    "recorded_by" TEXT,
    "via" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "about" TEXT,
    "text" TEXT,
    "refused" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "onboarding_event_pkey" PRIMARY KEY ("onboarding_id","seq")
);

-- CreateTable
CREATE TABLE "onboarding_file" (
    "id" SERIAL NOT NULL,
    "onboarding_id" INTEGER NOT NULL,
    "item" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "file" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "delivered_by" TEXT NOT NULL,
    "delivered_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "usable" BOOLEAN NOT NULL,
    "findings" JSONB NOT NULL,

    CONSTRAINT "onboarding_file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "concept" (
    "onboarding_id" INTEGER NOT NULL,
    "iteration" INTEGER NOT NULL,
    "mapping_version" INTEGER NOT NULL,
    "lines" JSONB NOT NULL,
    "markdown" TEXT NOT NULL,
    "html" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "result" TEXT,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "concept_pkey" PRIMARY KEY ("onboarding_id","iteration")
);

-- CreateTable
CREATE TABLE "concept_comment" (
    "onboarding_id" INTEGER NOT NULL,
    "iteration" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "line" TEXT NOT NULL,
    "by" TEXT NOT NULL,
    "recorded_by" TEXT,
    "text" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "concept_comment_pkey" PRIMARY KEY ("onboarding_id","iteration","seq")
);

-- CreateTable
CREATE TABLE "approval_code" (
    "id" SERIAL NOT NULL,
    "onboarding_id" INTEGER NOT NULL,
    "subject" TEXT NOT NULL,
    "contact_id" TEXT NOT NULL,
    "code_hash" TEXT NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "used_by" TEXT,

    CONSTRAINT "approval_code_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rule_coverage" (
    "onboarding_id" INTEGER NOT NULL,
    "item" TEXT NOT NULL,
    "run_id" INTEGER,
    "people" INTEGER NOT NULL,
    "lines" JSONB NOT NULL,
    "checked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "rule_coverage_pkey" PRIMARY KEY ("onboarding_id","item")
);

-- CreateTable
CREATE TABLE "mail" (
    "id" SERIAL NOT NULL,
    "customer_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "contact_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "status" "mail_status" NOT NULL,
    "problem" TEXT,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "mail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "once_link" (
    "token_hash" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "secret" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "shown_at" TIMESTAMPTZ(3),

    CONSTRAINT "once_link_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "drop_upload" (
    "id" SERIAL NOT NULL,
    "customer_id" TEXT NOT NULL,
    "user_name" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "drop_upload_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "onboarding_request_key_key" ON "onboarding"("request_key");

-- CreateIndex
CREATE UNIQUE INDEX "onboarding_customer_id_number_key" ON "onboarding"("customer_id", "number");

-- CreateIndex
CREATE INDEX "onboarding_file_onboarding_id_item_id_idx" ON "onboarding_file"("onboarding_id", "item", "id");

-- CreateIndex
CREATE UNIQUE INDEX "approval_code_onboarding_id_subject_contact_id_key" ON "approval_code"("onboarding_id", "subject", "contact_id");

-- CreateIndex
CREATE UNIQUE INDEX "mail_key_key" ON "mail"("key");

-- CreateIndex
CREATE INDEX "mail_customer_id_id_idx" ON "mail"("customer_id", "id");

-- CreateIndex
CREATE INDEX "drop_upload_customer_id_id_idx" ON "drop_upload"("customer_id", "id");

-- AddForeignKey
ALTER TABLE "contact" ADD CONSTRAINT "contact_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "onboarding" ADD CONSTRAINT "onboarding_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "onboarding_event" ADD CONSTRAINT "onboarding_event_onboarding_id_fkey" FOREIGN KEY ("onboarding_id") REFERENCES "onboarding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "onboarding_file" ADD CONSTRAINT "onboarding_file_onboarding_id_fkey" FOREIGN KEY ("onboarding_id") REFERENCES "onboarding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "concept" ADD CONSTRAINT "concept_onboarding_id_fkey" FOREIGN KEY ("onboarding_id") REFERENCES "onboarding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "concept_comment" ADD CONSTRAINT "concept_comment_onboarding_id_iteration_fkey" FOREIGN KEY ("onboarding_id", "iteration") REFERENCES "concept"("onboarding_id", "iteration") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval_code" ADD CONSTRAINT "approval_code_onboarding_id_fkey" FOREIGN KEY ("onboarding_id") REFERENCES "onboarding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rule_coverage" ADD CONSTRAINT "rule_coverage_onboarding_id_fkey" FOREIGN KEY ("onboarding_id") REFERENCES "onboarding"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mail" ADD CONSTRAINT "mail_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "once_link" ADD CONSTRAINT "once_link_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "drop_upload" ADD CONSTRAINT "drop_upload_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;
