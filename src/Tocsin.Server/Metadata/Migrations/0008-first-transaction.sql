-- Of projects that have transactions already, the next one is told as their first.
ALTER TABLE projects ADD COLUMN first_transaction BIGINT;
