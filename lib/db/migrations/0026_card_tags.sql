CREATE TABLE "card_tag" (
	"card_id" text NOT NULL,
	"key" text NOT NULL,
	"tag" text NOT NULL,
	"added_at" timestamp with time zone NOT NULL,
	CONSTRAINT "card_tag_card_id_key_pk" PRIMARY KEY("card_id","key"),
	CONSTRAINT "card_tag_public" CHECK (char_length(tag) between 1 and 20 and tag !~ '[0-9]{7}|[0-9A-Za-z]{16}')
);
--> statement-breakpoint
CREATE INDEX "card_tag_key_idx" ON "card_tag" USING btree ("key","card_id");