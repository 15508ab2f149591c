CREATE TABLE "audit_seal" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"audit_id" bigint NOT NULL,
	"sealed_at" timestamp with time zone NOT NULL,
	"mac" text NOT NULL,
	"mac_key" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "audit" ADD COLUMN "about" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "audit" ADD COLUMN "nonce" uuid;--> statement-breakpoint
ALTER TABLE "audit" ADD COLUMN "mac" text;--> statement-breakpoint
ALTER TABLE "audit" ADD COLUMN "mac_key" text;--> statement-breakpoint
CREATE UNIQUE INDEX "audit_seal_audit_key" ON "audit_seal" USING btree ("audit_id");--> statement-breakpoint
CREATE INDEX "audit_outcome_idx" ON "audit" USING btree ("outcome","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "audit_ip_idx" ON "audit" USING btree ("ip","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "audit_about_idx" ON "audit" USING gin ("about");--> statement-breakpoint
CREATE UNIQUE INDEX "audit_mac_key" ON "audit" USING btree ("mac");--> statement-breakpoint
-- by hand
-- Neither table is ever changed or emptied: the numbers and HMACs are rows of their own, so no update has to be let through.
create trigger audit_truncate_guard before truncate on audit for each statement execute function audit_guard();
--> statement-breakpoint
create trigger audit_seal_guard before update or delete on audit_seal for each row execute function audit_guard();
--> statement-breakpoint
create trigger audit_seal_truncate_guard before truncate on audit_seal for each statement execute function audit_guard();
