-- A change that several guards hold goes when the last of them is decided.

ALTER TABLE "change" ADD COLUMN "held_then" JSONB;
