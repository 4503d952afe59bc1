-- CreateTable
CREATE TABLE "failure" (
    "customer_id" TEXT NOT NULL,
    "xid" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "problem" TEXT NOT NULL,
    "runs" INTEGER NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "last_run" INTEGER NOT NULL,
    "given_up_at" TIMESTAMPTZ(3),

    CONSTRAINT "failure_pkey" PRIMARY KEY ("customer_id","xid","kind")
);

-- AddForeignKey
ALTER TABLE "failure" ADD CONSTRAINT "failure_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;
