-- A click is counted once by its primary key; nothing asks for these names of transactions any more.
drop table "write_batch";
