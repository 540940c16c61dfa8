-- Views that anybody sees who has the link.
create table "share" (
  "id" text not null,
  "token" text not null,
  "name" text not null,
  "link_id" text,
  "query" text not null,
  "links" jsonb,
  "parts" jsonb not null,
  "may_filter" boolean not null,
  "least" integer not null,
  "password_hash" text,
  "embed_on" jsonb not null,
  "has_picture" boolean not null,
  "frozen_at" timestamptz(3),
  "up_to" bigint,
  "created_by" text,
  "created_at" timestamptz(3) not null default current_timestamp,
  "expires_at" timestamptz(3),
  "revoked_at" timestamptz(3),
  "views" integer not null default 0,
  "last_viewed_at" timestamptz(3),
  constraint "share_pkey" primary key ("id"),
  constraint "share_created_by_fkey" foreign key ("created_by") references "user" ("id") on delete set null on update no action
);
create unique index "share_token_key" on "share" ("token");
create index "share_created_by_idx" on "share" ("created_by");
