create table "write_batch" (
  "id" text not null,
  "origin" text not null,
  "written_at" timestamptz(3) not null default current_timestamp,
  constraint "write_batch_pkey" primary key ("id")
);
create index "write_batch_written_at_idx" on "write_batch" ("written_at");

create table "spool_position" (
  "spool" text not null,
  "segment" integer not null,
  "position" bigint not null,
  constraint "spool_position_pkey" primary key ("spool")
);
