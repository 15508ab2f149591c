-- by hand
-- Between two vacuums a list looks at the rows of pages with a change: with one card in a hundred changed that is every third
-- page, and a page in the middle of a million cards takes seven times as much work. A vacuum takes 1.4 s of work there.
ALTER TABLE "card" SET (autovacuum_vacuum_scale_factor = 0.002, autovacuum_vacuum_threshold = 200);
