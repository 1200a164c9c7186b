-- A day's events follow each other in the index as they came, instead of by their issues: whoever adds them touches its last page, not a thousand.
-- The second column is 0 for transactions, which may leave before the others, and 1 for the others.
DROP INDEX event_index_day;
CREATE INDEX event_index_day ON event_index (day, (CASE WHEN issue_id = 0 THEN 0 ELSE 1 END));
