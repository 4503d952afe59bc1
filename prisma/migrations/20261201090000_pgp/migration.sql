-- PGP: key pairs of ours that customers encrypt for, and the keys by which customers sign.

CREATE TABLE "pgp_key" (
    "customer_id" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "public_key" TEXT NOT NULL,
    "private_key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" TEXT NOT NULL,

    CONSTRAINT "pgp_key_pkey" PRIMARY KEY ("customer_id","fingerprint")
);

CREATE TABLE "pgp_sender" (
    "customer_id" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "public_key" TEXT NOT NULL,
    "must_sign" BOOLEAN NOT NULL,

    CONSTRAINT "pgp_sender_pkey" PRIMARY KEY ("customer_id")
);

ALTER TABLE "pgp_key" ADD CONSTRAINT "pgp_key_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "pgp_sender" ADD CONSTRAINT "pgp_sender_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customer"("id") ON DELETE CASCADE ON UPDATE CASCADE;
