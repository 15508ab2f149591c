-- Tables and columns take the field's terms: docs/GLOSSARY.md.
ALTER TABLE "boot" RENAME TO "instance";--> statement-breakpoint
ALTER INDEX "boot_pkey" RENAME TO "instance_pkey";--> statement-breakpoint
ALTER TABLE "operation" RENAME COLUMN "boot_id" TO "instance_id";--> statement-breakpoint
ALTER TABLE "operation" RENAME COLUMN "next_look_at" TO "next_reconcile_at";--> statement-breakpoint
ALTER TABLE "operation" RENAME COLUMN "needs_person" TO "needs_manual_resolution";--> statement-breakpoint
ALTER INDEX "operation_look_idx" RENAME TO "operation_reconcile_idx";--> statement-breakpoint
ALTER TABLE "sync_run" RENAME COLUMN "boot_id" TO "instance_id";--> statement-breakpoint
ALTER TABLE "upstream_status" RENAME COLUMN "last_try_at" TO "last_polled_at";
