-- AlterTable
ALTER TABLE "snapshot" ADD COLUMN     "marks" BYTEA,
ADD COLUMN     "rows_file" TEXT;

-- AlterTable
ALTER TABLE "link" ADD COLUMN     "user_key" TEXT GENERATED ALWAYS AS (lower("user_name")) STORED;

-- DropIndex
DROP INDEX "link_customer_id_user_name_idx";

-- CreateIndex
CREATE INDEX "link_customer_id_user_key_idx" ON "link"("customer_id", "user_key");

-- CreateIndex
CREATE INDEX "link_customer_id_state_idx" ON "link"("customer_id", "state");
