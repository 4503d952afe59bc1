-- Releases: the activation of a customer's network in waves.

CREATE TYPE "release_status" AS ENUM ('planned', 'running', 'watching', 'done', 'stopped');

CREATE TABLE "release" (
    "id" SERIAL NOT NULL,
    "customer_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "workflow_id" TEXT NOT NULL,
    "requested_by" TEXT NOT NULL,
    "status" "release_status" NOT NULL,
    "mapping_version" INTEGER NOT NULL,
    "onboarding_id" INTEGER,
    "go_live_at" TIMESTAMPTZ(3),
    "options" JSONB NOT NULL,
    "view" JSONB,
    "problem" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "release_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "release_wave" (
    "release_id" INTEGER NOT NULL,
    "wave" INTEGER NOT NULL,
    "part" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "pilot_id" INTEGER NOT NULL,
    "people" INTEGER NOT NULL,
    "approved" JSONB,
    "run" INTEGER,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "release_wave_pkey" PRIMARY KEY ("release_id","wave","part")
);

CREATE UNIQUE INDEX "release_customer_id_number_key" ON "release"("customer_id", "number");

CREATE INDEX "release_wave_pilot_id_idx" ON "release_wave"("pilot_id");

ALTER TABLE "release" ADD CONSTRAINT "release_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "release_wave" ADD CONSTRAINT "release_wave_release_id_fkey" FOREIGN KEY ("release_id") REFERENCES "release"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "release_wave" ADD CONSTRAINT "release_wave_pilot_id_fkey" FOREIGN KEY ("pilot_id") REFERENCES "pilot"("id") ON DELETE CASCADE ON UPDATE CASCADE;
