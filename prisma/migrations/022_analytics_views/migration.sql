-- Views for other programs that read by SQL. What a view of version 1 has stays as it is: a column is never renamed or
-- removed; a change that breaks statements makes a view of version 2 beside it. A migration that drops a column or changes
-- its type has to replace it in the view first.
--
-- Not in them: IP address, user agent, the hash that tells visitors apart (it says what one person did), addresses as they
-- were sent (with what recognises a click), and the sender's payload.
--
-- A user that owns the tables alone may make no schema. Then nothing happens here, and `npm run sql-user` says what to do.
do $$
begin
  if to_regnamespace('analytics') is null then
    if not has_database_privilege(current_database(), 'create') then
      return;
    end if;
    create schema analytics;
  end if;
  if not (has_schema_privilege('analytics', 'create') and has_schema_privilege('analytics', 'usage')) then
    return;
  end if;
  if to_regclass('analytics.clicks_v1') is null then
    create view analytics.clicks_v1 with (security_invoker = false) as
    select
      seq, clicked_at, received_at, link_id, click_id,
      url, base_url, referer, referer_url,
      continent, country, region, city,
      device, browser, os, trigger, bot,
      utm_source, utm_medium, utm_campaign, utm_term, utm_content
    from public.click;
  end if;
  if to_regclass('analytics.links_v1') is null then
    create view analytics.links_v1 with (security_invoker = false) as
    select
      link.id, link.domain, link.key, link.short_link, link.url, link.title,
      array(
        select tag ->> 'name'
        from jsonb_array_elements(case jsonb_typeof(link.tags) when 'array' then link.tags else '[]' end)
          with ordinality as tags (tag, place)
        order by place
      ) as tags,
      link.folder_id, folder.name as folder, link.archived, link.created_at, link.deleted_at
    from public.link left join public.folder on folder.id = link.folder_id;
  end if;
end
$$;
