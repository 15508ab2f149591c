CREATE TABLE "daily_usage" (
	"user_id" uuid NOT NULL,
	"day" date NOT NULL,
	"measure" text NOT NULL,
	"used" bigint NOT NULL,
	CONSTRAINT "daily_usage_user_id_day_measure_pk" PRIMARY KEY("user_id","day","measure")
);
--> statement-breakpoint
ALTER TABLE "daily_usage" ADD CONSTRAINT "daily_usage_user_id_user_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."user"("id") ON DELETE no action ON UPDATE no action;