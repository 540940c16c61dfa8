-- Sign-in with a code of an app besides the password. The secret and the recovery codes are encrypted with the server's key.
alter table "user" add column "two_factor_enabled" boolean not null default false;
create table "two_factor" (
  "id" text not null,
  "user_id" text not null,
  "secret" text not null,
  "backup_codes" text not null,
  "verified" boolean not null default true,
  "failed_verification_count" integer not null default 0,
  "locked_until" timestamptz(3),
  constraint "two_factor_pkey" primary key ("id"),
  constraint "two_factor_user_id_fkey" foreign key ("user_id") references "user" ("id") on delete cascade on update no action
);
create unique index "two_factor_user_id_key" on "two_factor" ("user_id");
