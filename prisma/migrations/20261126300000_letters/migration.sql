-- CreateEnum
CREATE TYPE "bundle_outcome" AS ENUM ('confirmed', 'shown', 'withdrawn', 'expired');

-- AlterTable
ALTER TABLE "customer" ADD COLUMN     "letter" JSONB;

-- CreateTable
CREATE TABLE "letter_bundle" (
    "id" SERIAL NOT NULL,
    "customer_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "contact_id" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "wording" JSONB NOT NULL,
    "letters" INTEGER NOT NULL,
    "made_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "claim_hash" TEXT,
    "shown_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "outcome" "bundle_outcome",

    CONSTRAINT "letter_bundle_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "letter" (
    "bundle_id" INTEGER NOT NULL,
    "customer_id" TEXT NOT NULL,
    "xid" TEXT NOT NULL,
    "shown" TEXT,

    CONSTRAINT "letter_pkey" PRIMARY KEY ("bundle_id","xid")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" SERIAL NOT NULL,
    "customer_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "by" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "facts" JSONB NOT NULL,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "letter_bundle_token_hash_key" ON "letter_bundle"("token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "letter_bundle_customer_id_number_key" ON "letter_bundle"("customer_id", "number");

-- CreateIndex
CREATE INDEX "letter_customer_id_xid_idx" ON "letter"("customer_id", "xid");

-- CreateIndex
CREATE INDEX "audit_entry_customer_id_id_idx" ON "audit_entry"("customer_id", "id");

-- AddForeignKey
ALTER TABLE "letter_bundle" ADD CONSTRAINT "letter_bundle_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "letter" ADD CONSTRAINT "letter_bundle_id_fkey" FOREIGN KEY ("bundle_id") REFERENCES "letter_bundle"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_entry" ADD CONSTRAINT "audit_entry_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;
