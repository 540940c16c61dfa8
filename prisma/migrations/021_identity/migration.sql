-- An identity at a sign-in provider belongs to one account. Of passwords that were set twice at once the newest stays.
delete from "account" a using "account" b
where a."provider_id" = b."provider_id" and a."account_id" = b."account_id"
  and (a."updated_at", a."id") < (b."updated_at", b."id");
create unique index "account_provider_id_account_id_key" on "account" ("provider_id", "account_id");
