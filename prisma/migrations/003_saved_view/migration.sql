create table "saved_view" (
  "id" text not null,
  "name" text not null,
  "path" text not null,
  "query" text not null,
  "owner_id" text not null,
  "shared" boolean not null,
  "created_at" timestamptz(3) not null default current_timestamp,
  "updated_at" timestamptz(3) not null default current_timestamp,
  constraint "saved_view_pkey" primary key ("id"),
  constraint "saved_view_owner_id_fkey" foreign key ("owner_id") references "user" ("id") on delete cascade on update no action
);
create index "saved_view_owner_id_idx" on "saved_view" ("owner_id");

create table "pinned_view" (
  "user_id" text not null,
  "view_id" text not null,
  constraint "pinned_view_pkey" primary key ("user_id"),
  constraint "pinned_view_user_id_fkey" foreign key ("user_id") references "user" ("id") on delete cascade on update no action,
  constraint "pinned_view_view_id_fkey" foreign key ("view_id") references "saved_view" ("id") on delete cascade on update no action
);
create index "pinned_view_view_id_idx" on "pinned_view" ("view_id");
