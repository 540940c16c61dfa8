-- What this database is in a move to another one; no row: nothing.
create table "move" (
  "id" integer not null,
  "role" text not null,
  "state" text not null,
  "identity" text not null,
  "place" text not null,
  "sealed" bytea,
  "at" timestamptz(3) not null,
  constraint "move_pkey" primary key ("id")
);

-- Refuses a write while a move holds writers off, and for ever after it. `npm run move` makes the triggers that call it.
create function "refuse_while_moving"() returns trigger language plpgsql as $$
begin
  if not pg_try_advisory_xact_lock_shared(7041778) then
    raise exception using errcode = 'FF001', message = 'Footfall is being moved to another database';
  end if;
  -- A statement of its own, so that it sees what was committed before the lock was free.
  if exists (select from public."move" where "state" = 'moved') then
    raise exception using errcode = 'FF001', message = 'Footfall is being moved to another database';
  end if;
  return null;
end
$$;
