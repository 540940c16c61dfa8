-- Where links have led, and since when. A link that has always led to one place has no rows: `link` has it.
create table "destination" (
  "link_id" text not null,
  "since" timestamptz(3) not null,
  "url" text not null,
  "said_at" timestamptz(3),
  constraint "destination_pkey" primary key ("link_id", "since")
);
