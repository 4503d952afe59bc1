-- Tests of a mapping on an anonymised copy of the customer's network.

CREATE TYPE "test_status" AS ENUM ('running', 'waiting', 'approved', 'failed', 'canceled');

CREATE TABLE "test" (
    "id" SERIAL NOT NULL,
    "customer_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "request_key" TEXT NOT NULL,
    "workflow_id" TEXT NOT NULL,
    "requested_by" TEXT NOT NULL,
    "status" "test_status" NOT NULL,
    "mapping_version" INTEGER NOT NULL,
    "snapshot_id" INTEGER,
    "schema" TEXT NOT NULL,
    "folder" TEXT NOT NULL,
    "key" TEXT,
    "copy_name" TEXT,
    "copy_eid" TEXT,
    "summary" JSONB,
    "problem" TEXT,
    "approvals" JSONB NOT NULL DEFAULT '[]',
    "census" JSONB,
    "signature" TEXT,
    "left_over" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "limit_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "torn_down_at" TIMESTAMPTZ(3),

    CONSTRAINT "test_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "test_request_key_key" ON "test"("request_key");

CREATE UNIQUE INDEX "test_customer_id_number_key" ON "test"("customer_id", "number");

ALTER TABLE "test" ADD CONSTRAINT "test_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;
