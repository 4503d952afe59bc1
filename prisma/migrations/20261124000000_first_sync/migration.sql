-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "mapping_status" AS ENUM ('draft', 'proposed', 'approved', 'active', 'retired');

-- CreateEnum
CREATE TYPE "snapshot_status" AS ENUM ('received', 'accepted', 'rejected');

-- CreateEnum
CREATE TYPE "link_state" AS ENUM ('creating', 'active', 'suspended');

-- CreateEnum
CREATE TYPE "warning_stage" AS ENUM ('read', 'plan', 'verify');

-- CreateEnum
CREATE TYPE "run_kind" AS ENUM ('dry', 'live', 'test');

-- CreateEnum
CREATE TYPE "run_status" AS ENUM ('running', 'waiting', 'done', 'rejected', 'failed', 'superseded', 'canceled');

-- CreateEnum
CREATE TYPE "change_status" AS ENUM ('planned', 'held', 'refused', 'done', 'failed', 'skipped', 'expired');

-- CreateTable
CREATE TABLE "customer" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "manager" TEXT NOT NULL,
    "daily_at" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "customer_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "network" (
    "customer_id" TEXT NOT NULL,
    "eid" TEXT NOT NULL,
    "api_base" TEXT NOT NULL,
    "scim_base" TEXT,
    "credentials" TEXT NOT NULL,
    "requests_per_second" INTEGER,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "network_pkey" PRIMARY KEY ("customer_id")
);

-- CreateTable
CREATE TABLE "source" (
    "customer_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "credentials" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "source_pkey" PRIMARY KEY ("customer_id")
);

-- CreateTable
CREATE TABLE "mapping" (
    "customer_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "status" "mapping_status" NOT NULL,
    "document" TEXT NOT NULL,
    "imported_by" TEXT NOT NULL,
    "comment" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "activated_at" TIMESTAMPTZ(3),

    CONSTRAINT "mapping_pkey" PRIMARY KEY ("customer_id","version")
);

-- CreateTable
CREATE TABLE "snapshot" (
    "id" SERIAL NOT NULL,
    "customer_id" TEXT NOT NULL,
    "run_id" INTEGER NOT NULL,
    "status" "snapshot_status" NOT NULL,
    "file_name" TEXT NOT NULL,
    "file" TEXT,
    "sha256" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "modified_at" TIMESTAMPTZ(3) NOT NULL,
    "rows" INTEGER,
    "people" INTEGER,
    "bad_rows" INTEGER,
    "without_id" INTEGER,
    "columns" TEXT[],
    "changed" INTEGER,
    "missing" INTEGER,
    "reason" TEXT,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "snapshot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "record" (
    "customer_id" TEXT NOT NULL,
    "xid" TEXT NOT NULL,
    "row_hash" TEXT NOT NULL,
    "row" INTEGER NOT NULL,
    "fields" JSONB,

    CONSTRAINT "record_pkey" PRIMARY KEY ("customer_id","xid","row_hash")
);

-- CreateTable
CREATE TABLE "due" (
    "customer_id" TEXT NOT NULL,
    "xid" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "reason" TEXT NOT NULL,
    "marked_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "due_pkey" PRIMARY KEY ("customer_id","xid")
);

-- CreateTable
CREATE TABLE "link" (
    "customer_id" TEXT NOT NULL,
    "xid" TEXT NOT NULL,
    "state" "link_state" NOT NULL,
    "user_name" TEXT NOT NULL,
    "scim_id" TEXT,
    "user_eid" TEXT,
    "membership_eid" TEXT,
    "written" JSONB NOT NULL,
    "password" TEXT,
    "invited_at" TIMESTAMPTZ(3),
    "suspended_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "link_pkey" PRIMARY KEY ("customer_id","xid")
);

-- CreateTable
CREATE TABLE "run" (
    "id" SERIAL NOT NULL,
    "customer_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "request_key" TEXT NOT NULL,
    "workflow_id" TEXT NOT NULL,
    "kind" "run_kind" NOT NULL,
    "status" "run_status" NOT NULL,
    "requested_by" TEXT NOT NULL,
    "mapping_version" INTEGER,
    "snapshot_used" INTEGER,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    "summary" JSONB,
    "problem" TEXT,

    CONSTRAINT "run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "plan" (
    "run_id" INTEGER NOT NULL,
    "examined" INTEGER NOT NULL,
    "managed" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(6) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "plan_pkey" PRIMARY KEY ("run_id")
);

-- CreateTable
CREATE TABLE "change" (
    "run_id" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "unit" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "xid" TEXT,
    "change" JSONB NOT NULL,
    "status" "change_status" NOT NULL,
    "guard" TEXT,
    "decided_by" TEXT,
    "problem" TEXT,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "change_pkey" PRIMARY KEY ("run_id","seq")
);

-- CreateTable
CREATE TABLE "run_warning" (
    "run_id" INTEGER NOT NULL,
    "stage" "warning_stage" NOT NULL,
    "seq" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    "xid" TEXT,
    "rows" INTEGER[],
    "column" TEXT,
    "text" TEXT NOT NULL,

    CONSTRAINT "run_warning_pkey" PRIMARY KEY ("run_id","stage","seq")
);

-- CreateTable
CREATE TABLE "network_group" (
    "customer_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "eid" TEXT NOT NULL,
    "group" JSONB NOT NULL,
    "origin" TEXT NOT NULL,

    CONSTRAINT "network_group_pkey" PRIMARY KEY ("customer_id","key")
);

-- CreateTable
CREATE TABLE "network_role" (
    "customer_id" TEXT NOT NULL,
    "eid" TEXT NOT NULL,
    "key" TEXT,
    "name" TEXT NOT NULL,

    CONSTRAINT "network_role_pkey" PRIMARY KEY ("customer_id","eid")
);

-- CreateTable
CREATE TABLE "lease" (
    "customer_id" TEXT NOT NULL,
    "holder" TEXT NOT NULL,
    "fence" BIGINT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lease_pkey" PRIMARY KEY ("customer_id")
);

-- CreateTable
CREATE TABLE "drop_account" (
    "user_name" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "password_hash" TEXT,
    "public_keys" TEXT[],
    "allowed_from" TEXT[],
    "max_file_bytes" BIGINT NOT NULL,
    "access" TEXT NOT NULL DEFAULT 'upload',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "drop_account_pkey" PRIMARY KEY ("user_name")
);

-- CreateIndex
CREATE UNIQUE INDEX "snapshot_run_id_key" ON "snapshot"("run_id");

-- CreateIndex
CREATE INDEX "snapshot_customer_id_status_id_idx" ON "snapshot"("customer_id", "status", "id");

-- CreateIndex
CREATE INDEX "link_customer_id_user_name_idx" ON "link"("customer_id", "user_name");

-- CreateIndex
CREATE UNIQUE INDEX "run_request_key_key" ON "run"("request_key");

-- CreateIndex
CREATE UNIQUE INDEX "run_customer_id_number_key" ON "run"("customer_id", "number");

-- CreateIndex
CREATE INDEX "change_run_id_unit_idx" ON "change"("run_id", "unit");

-- CreateIndex
CREATE INDEX "change_run_id_xid_idx" ON "change"("run_id", "xid");

-- AddForeignKey
ALTER TABLE "network" ADD CONSTRAINT "network_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "source" ADD CONSTRAINT "source_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "mapping" ADD CONSTRAINT "mapping_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "snapshot" ADD CONSTRAINT "snapshot_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "snapshot" ADD CONSTRAINT "snapshot_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "record" ADD CONSTRAINT "record_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "due" ADD CONSTRAINT "due_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "link" ADD CONSTRAINT "link_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "plan" ADD CONSTRAINT "plan_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "change" ADD CONSTRAINT "change_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "plan"("run_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run_warning" ADD CONSTRAINT "run_warning_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "network_group" ADD CONSTRAINT "network_group_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "network_role" ADD CONSTRAINT "network_role_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lease" ADD CONSTRAINT "lease_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "drop_account" ADD CONSTRAINT "drop_account_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;
