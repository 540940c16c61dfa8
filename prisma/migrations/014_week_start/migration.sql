-- The day on which weeks start for a person: sunday or saturday; null or monday: Monday.
alter table "user" add column "week_start" text;
