-- Text in lower case and without accents, in every language: for finding parts of it however they are typed. `lib/fold`
-- and the mirror have a function of the same name that does the same. Not strict, so that it can be inlined. The
-- collation is chosen as in 002_mirror.
do $$
declare
  rules text := coalesce(
    (select 'pg_catalog.' || quote_ident(collname) from pg_collation where collname = 'pg_c_utf8'),
    (select 'pg_catalog.' || quote_ident(collname) from pg_collation where collname = 'und-x-icu'),
    'pg_catalog."default"'
  );
begin
  execute format(
    'create or replace function fold(text) returns text language sql immutable parallel safe called on null input as %L',
    format(
      $fold$
        select case when octet_length($1) = char_length($1) then lower($1 collate "C")
        else replace(replace(replace(replace(translate(
          normalize(regexp_replace(normalize(lower($1 collate %s) collate "C", NFD), '[\u0300-\u036F]+', '', 'g'), NFC),
          'øłđðħıŧſς', 'olddhitsσ'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th')
        end
      $fold$,
      rules
    )
  );
end
$$;

-- How far stored values have been brought to the spelling of today. One row; no row until a server has looked.
create table "respelling" (
  "id" integer not null,
  "rules" integer not null,
  "links_done" boolean not null,
  "position" bigint not null,
  "target" bigint not null,
  "changed" bigint not null,
  "finished_at" timestamptz(3),
  constraint "respelling_pkey" primary key ("id")
);
