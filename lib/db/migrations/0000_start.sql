CREATE TABLE "audit" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor_id" uuid,
	"actor_name" text NOT NULL,
	"action" text NOT NULL,
	"target_kind" text,
	"target_id" text,
	"outcome" text DEFAULT 'ok' NOT NULL,
	"request_id" text,
	"ip" text,
	"user_agent" text,
	"detail" jsonb DEFAULT '{}'::jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "batch" (
	"id" uuid PRIMARY KEY NOT NULL,
	"key_type" integer NOT NULL,
	"wanted" integer NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"state" text NOT NULL,
	"paused_reason" text,
	"paused_details" text,
	"created_by" uuid,
	"created_by_name" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "card_key" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"batch_id" uuid NOT NULL,
	"operation_id" uuid NOT NULL,
	"upstream_id" text NOT NULL,
	"key_type" integer NOT NULL,
	"last4" text NOT NULL,
	"cipher" "bytea" NOT NULL,
	"fingerprint" text NOT NULL,
	"upstream_created_at" timestamp with time zone,
	"recorded_at" timestamp with time zone NOT NULL,
	"recovered" boolean DEFAULT false NOT NULL,
	"flag" text
);
--> statement-breakpoint
CREATE TABLE "billing_reading" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "billing_reading_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone NOT NULL,
	"remaining_points_micro" bigint NOT NULL,
	"points_micro" bigint NOT NULL,
	"remaining_amount_micro" bigint NOT NULL,
	"amount_micro" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "billing_usage" (
	"day" date NOT NULL,
	"name" text NOT NULL,
	"cost_micro" bigint NOT NULL,
	"completion_tokens" bigint NOT NULL,
	"prompt_tokens" bigint NOT NULL,
	"read_at" timestamp with time zone NOT NULL,
	CONSTRAINT "billing_usage_day_name_pk" PRIMARY KEY("day","name")
);
--> statement-breakpoint
CREATE TABLE "card" (
	"id" text PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"type" text NOT NULL,
	"balance" bigint,
	"unlimited" boolean DEFAULT false NOT NULL,
	"user_id" text,
	"phone" text,
	"user_name" text,
	"created_at" timestamp with time zone,
	"updated_at" timestamp with time zone,
	"first_seen_at" timestamp with time zone NOT NULL,
	"read_at" timestamp with time zone NOT NULL,
	"missed" integer DEFAULT 0 NOT NULL,
	"gone_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "card_balance" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "card_balance_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"card_id" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"balance" bigint,
	"unlimited" boolean DEFAULT false NOT NULL,
	"source" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sync_run" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sync_run_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"started_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"state" text NOT NULL,
	"trigger" text NOT NULL,
	"boot_id" uuid,
	"rows_read" integer DEFAULT 0 NOT NULL,
	"rows_expected" integer,
	"duplicates" integer DEFAULT 0 NOT NULL,
	"unreadable" integer DEFAULT 0 NOT NULL,
	"unreadable_samples" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"changed" integer DEFAULT 0 NOT NULL,
	"vanished" integer DEFAULT 0 NOT NULL,
	"full" boolean DEFAULT false NOT NULL,
	"error_key" text,
	"error_details" text
);
--> statement-breakpoint
CREATE TABLE "contract_drift" (
	"upstream" text NOT NULL,
	"call" text NOT NULL,
	"field" text NOT NULL,
	"what" text NOT NULL,
	"count" integer NOT NULL,
	"sample" text NOT NULL,
	"first_at" timestamp with time zone NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	CONSTRAINT "contract_drift_upstream_call_field_what_pk" PRIMARY KEY("upstream","call","field","what")
);
--> statement-breakpoint
CREATE TABLE "upstream_status" (
	"source" text PRIMARY KEY NOT NULL,
	"last_try_at" timestamp with time zone,
	"last_success_at" timestamp with time zone,
	"error_key" text,
	"error_details" text
);
--> statement-breakpoint
CREATE TABLE "boot" (
	"id" uuid PRIMARY KEY NOT NULL,
	"lock_key" bigint NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"host" text NOT NULL,
	"pid" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "operation" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"params" jsonb NOT NULL,
	"actor_id" uuid,
	"actor_name" text NOT NULL,
	"request_id" text,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"intent_at" timestamp with time zone,
	"sent_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"boot_id" uuid,
	"baseline" jsonb,
	"call" jsonb,
	"reason" text,
	"upstream_message" text,
	"next_look_at" timestamp with time zone,
	"needs_person" text,
	"settled_as" text,
	"settled_by" uuid,
	"settled_reason" text,
	"retry_of" uuid,
	"batch_id" uuid
);
--> statement-breakpoint
CREATE TABLE "operation_card" (
	"operation_id" uuid NOT NULL,
	"card_id" text NOT NULL,
	"role" text NOT NULL,
	"open" boolean NOT NULL,
	CONSTRAINT "operation_card_operation_id_card_id_pk" PRIMARY KEY("operation_id","card_id")
);
--> statement-breakpoint
CREATE TABLE "operation_reading" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "operation_reading_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"operation_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"reading" jsonb NOT NULL,
	"conclusion" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "one_time_link" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"token_hash" text NOT NULL,
	"user_id" uuid,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	CONSTRAINT "one_time_link_tokenHash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "session" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"ip" text,
	"user_agent" text
);
--> statement-breakpoint
CREATE TABLE "setting" (
	"key" text PRIMARY KEY NOT NULL,
	"value" jsonb NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_by" uuid
);
--> statement-breakpoint
CREATE TABLE "sign_in_failure" (
	"key" text PRIMARY KEY NOT NULL,
	"failures" integer NOT NULL,
	"last_failed_at" timestamp with time zone NOT NULL,
	"blocked_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "user" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"username" text NOT NULL,
	"role" text NOT NULL,
	"password_hash" text,
	"disabled_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_sign_in_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "card_key" ADD CONSTRAINT "card_key_batch_id_batch_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."batch"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "card_key" ADD CONSTRAINT "card_key_operation_id_operation_id_fk" FOREIGN KEY ("operation_id") REFERENCES "public"."operation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operation_card" ADD CONSTRAINT "operation_card_operation_id_operation_id_fk" FOREIGN KEY ("operation_id") REFERENCES "public"."operation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operation_reading" ADD CONSTRAINT "operation_reading_operation_id_operation_id_fk" FOREIGN KEY ("operation_id") REFERENCES "public"."operation"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "one_time_link" ADD CONSTRAINT "one_time_link_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "setting" ADD CONSTRAINT "setting_updated_by_user_id_fk" FOREIGN KEY ("updated_by") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_at_idx" ON "audit" USING btree ("at" DESC NULLS LAST,"id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "audit_actor_idx" ON "audit" USING btree ("actor_id","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "audit_action_idx" ON "audit" USING btree ("action","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "audit_target_idx" ON "audit" USING btree ("target_kind","target_id","at" DESC NULLS LAST);--> statement-breakpoint
CREATE UNIQUE INDEX "batch_generating_key" ON "batch" USING btree ("key_type") WHERE state = 'generating';--> statement-breakpoint
CREATE INDEX "batch_created_idx" ON "batch" USING btree ("created_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE UNIQUE INDEX "card_key_fingerprint_key" ON "card_key" USING btree ("fingerprint") WHERE flag is distinct from 'duplicate';--> statement-breakpoint
CREATE INDEX "card_key_batch_idx" ON "card_key" USING btree ("batch_id","recorded_at","id");--> statement-breakpoint
CREATE INDEX "card_key_operation_idx" ON "card_key" USING btree ("operation_id");--> statement-breakpoint
CREATE INDEX "billing_reading_at_idx" ON "billing_reading" USING btree ("at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "card_code_idx" ON "card" USING btree ("code");--> statement-breakpoint
CREATE INDEX "card_type_idx" ON "card" USING btree ("type","id");--> statement-breakpoint
CREATE INDEX "card_phone_idx" ON "card" USING btree ("phone","id");--> statement-breakpoint
CREATE INDEX "card_phone_last4_idx" ON "card" USING btree (right("phone", 4));--> statement-breakpoint
CREATE INDEX "card_name_idx" ON "card" USING btree ("user_name","id");--> statement-breakpoint
CREATE INDEX "card_balance_idx" ON "card" USING btree ("unlimited","balance","id");--> statement-breakpoint
CREATE INDEX "card_created_idx" ON "card" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "card_updated_idx" ON "card" USING btree ("updated_at","id");--> statement-breakpoint
CREATE INDEX "card_name_trgm_idx" ON "card" USING gin ("user_name" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "card_code_trgm_idx" ON "card" USING gin ("code" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "card_phone_trgm_idx" ON "card" USING gin ("phone" gin_trgm_ops);--> statement-breakpoint
CREATE INDEX "card_balance_card_idx" ON "card_balance" USING btree ("card_id","at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "sync_run_started_idx" ON "sync_run" USING btree ("started_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "operation_created_idx" ON "operation" USING btree ("created_at" DESC NULLS LAST,"id");--> statement-breakpoint
CREATE INDEX "operation_state_idx" ON "operation" USING btree ("state","created_at" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "operation_look_idx" ON "operation" USING btree ("next_look_at") WHERE state = 'unknown';--> statement-breakpoint
CREATE INDEX "operation_open_idx" ON "operation" USING btree ("boot_id") WHERE state in ('intent', 'sent');--> statement-breakpoint
CREATE INDEX "operation_batch_idx" ON "operation" USING btree ("batch_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "operation_retry_key" ON "operation" USING btree ("retry_of") WHERE retry_of is not null and state <> 'draft';--> statement-breakpoint
CREATE UNIQUE INDEX "operation_card_open_key" ON "operation_card" USING btree ("card_id") WHERE open;--> statement-breakpoint
CREATE INDEX "operation_card_card_idx" ON "operation_card" USING btree ("card_id","operation_id");--> statement-breakpoint
CREATE INDEX "operation_reading_idx" ON "operation_reading" USING btree ("operation_id","at");--> statement-breakpoint
CREATE INDEX "session_user_idx" ON "session" USING btree ("user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "user_username_key" ON "user" USING btree (lower("username"));