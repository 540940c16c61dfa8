-- How much of clickers' IP addresses is stored: full, truncated or none. An installation that is in use keeps what it
-- stores until somebody changes it.
alter table "dataset" add column "kept_address" text not null default 'truncated';
update "dataset" set "kept_address" = 'full'
where exists (select from "click") or exists (select from "delivery") or exists (select from "user");

-- How often a visitor becomes a new one: never, monthly or daily.
alter table "dataset" add column "visitor_period" text not null default 'never';

-- Days after which clicks, and deliveries that weren't counted, are deleted; null: never.
alter table "dataset" add column "click_days" integer;
alter table "dataset" add column "delivery_days" integer;
-- Clicks before this are deleted, or being deleted, by their age, and none is stored any more.
alter table "dataset" add column "pruned_before" timestamptz(3);

-- Of a delivery whose address was cut before it was counted: what its visitor would have been.
alter table "delivery" add column "visitor" text;
alter table "delivery" add column "address_cut" boolean not null default false;

-- Keyed hash of the visitor whose clicks were deleted on request.
alter table "deletion" add column "visitor_hash" text;

-- How far stored addresses have been cut. One row, once something was to be cut.
create table "address_cut" (
  "id" integer not null,
  "kept" text not null,
  "click_position" bigint not null,
  "delivery_position" bigint not null,
  "changed" bigint not null,
  "finished_at" timestamptz(3),
  "vacuumed_at" timestamptz(3),
  constraint "address_cut_pkey" primary key ("id")
);

-- What visitors of a day or month are hashed with besides the server's key; null once it was thrown away.
create table "visitor_salt" (
  "period" text not null,
  "salt" text,
  "made_at" timestamptz(3) not null,
  constraint "visitor_salt_pkey" primary key ("period")
);
