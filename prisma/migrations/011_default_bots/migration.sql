-- How pages treat bots when neither the URL nor DEFAULT_BOTS says. Existing installations keep counting them.
alter table "dataset" add column "default_bots" text not null default 'exclude';
update "dataset" set "default_bots" = 'include' where exists (select from "click");
