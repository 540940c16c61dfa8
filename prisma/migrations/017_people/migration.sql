-- What people may do: owner, admin, member or viewer. Whoever has an account so far is an owner.
alter table "user" add column "role" text not null default 'viewer';
update "user" set "role" = 'owner';
alter table "user" add column "may_export" boolean not null default true;
-- Which links a person sees, like those of an API key; null: all.
alter table "user" add column "links" jsonb;

-- Links with which people make an account. Only the hash of a token is kept.
create table "invitation" (
  "id" text not null,
  "hash" bytea not null,
  "email" text,
  "role" text not null,
  "may_export" boolean not null,
  "links" jsonb,
  "created_by" text,
  "created_at" timestamptz(3) not null default current_timestamp,
  "expires_at" timestamptz(3) not null,
  constraint "invitation_pkey" primary key ("id"),
  constraint "invitation_created_by_fkey" foreign key ("created_by") references "user" ("id") on delete cascade on update no action
);
create unique index "invitation_hash_key" on "invitation" ("hash");
create index "invitation_created_by_idx" on "invitation" ("created_by");
