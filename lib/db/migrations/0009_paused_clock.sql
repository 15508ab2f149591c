ALTER TABLE "batch" ADD COLUMN "paused_clock_offset_ms" bigint;--> statement-breakpoint
ALTER TABLE "operation" ADD COLUMN "released_at" timestamp with time zone;--> statement-breakpoint
-- by hand
-- The measured difference stood before the upstream's words, as "[-600 s] 验签失败".
UPDATE "batch" SET
  "paused_clock_offset_ms" = substring("paused_details" from '^\[([+-]\d+) s\]')::bigint * 1000,
  "paused_details" = nullif(regexp_replace("paused_details", '^\[[+-]\d+ s\] ?', ''), '')
WHERE "paused_reason" = 'clock_skew' AND "paused_details" ~ '^\[[+-]\d{1,12} s\]';
