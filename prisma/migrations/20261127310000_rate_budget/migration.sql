-- CreateTable
CREATE TABLE "rate_budget" (
    "network_eid" TEXT NOT NULL,
    "free_at" TIMESTAMPTZ(6) NOT NULL,
    "paused_until" TIMESTAMPTZ(6),

    CONSTRAINT "rate_budget_pkey" PRIMARY KEY ("network_eid")
);
