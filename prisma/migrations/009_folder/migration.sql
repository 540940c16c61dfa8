-- Names of folders: links tell only their ids.
create table "folder" (
  "id" text not null,
  "name" text not null,
  constraint "folder_pkey" primary key ("id")
);
