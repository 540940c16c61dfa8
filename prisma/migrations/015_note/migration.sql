-- Notes on charts of clicks over time. A note of a whole day has the midnight UTC of its date: it is that date in every
-- zone. A deleted person's notes stay.
create table "note" (
  "id" text not null,
  "at" timestamptz(3) not null,
  "whole_day" boolean not null,
  "text" text not null,
  "link_id" text,
  "created_by" text,
  "created_at" timestamptz(3) not null default current_timestamp,
  constraint "note_pkey" primary key ("id"),
  constraint "note_created_by_fkey" foreign key ("created_by") references "user" ("id") on delete set null on update no action
);
create index "note_created_by_idx" on "note" ("created_by");
