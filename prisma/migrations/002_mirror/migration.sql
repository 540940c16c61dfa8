create table "dataset" (
  "id" integer not null,
  "identity" text not null,
  "generation" bigint not null,
  constraint "dataset_pkey" primary key ("id")
);
insert into "dataset" ("id", "identity", "generation") values (1, gen_random_uuid()::text, 0);

-- Text in lower case, letter by letter, in every language: for finding parts of it in any case. The mirror has a
-- function of the same name that does the same. What a database knows as lower case depends on its locale, so a
-- collation that does not is named; before PostgreSQL 17 the nearest to it is ICU's.
do $$
declare
  rules text := coalesce(
    (select 'pg_catalog.' || quote_ident(collname) from pg_collation where collname = 'pg_c_utf8'),
    (select 'pg_catalog.' || quote_ident(collname) from pg_collation where collname = 'und-x-icu'),
    'pg_catalog."default"'
  );
begin
  execute format(
    'create function fold(text) returns text language sql immutable parallel safe strict as %L',
    format('select lower($1 collate %s) collate "C"', rules)
  );
end
$$;
