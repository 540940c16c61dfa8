-- The time zone in which pages open for a person; null: the browser's.
alter table "user" add column "zone" text;
