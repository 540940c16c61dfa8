create table "attempt" (
  "key" text not null,
  "began_at" timestamptz(3) not null,
  "count" integer not null,
  constraint "attempt_pkey" primary key ("key")
);
