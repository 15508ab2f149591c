-- Whose keys a listing shows: those made from another address than ours are not adopted without a person.
ALTER TABLE "card_key" ADD COLUMN "maker_ip" text;
