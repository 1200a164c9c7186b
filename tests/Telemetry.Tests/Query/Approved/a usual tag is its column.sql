SELECT event_id AS c0, title AS c1
FROM d20261120.events
WHERE (project_id IN ($1, $2) AND timestamp >= $3 AND timestamp < $4 AND release = $5)
LIMIT 100 OFFSET 0
-- $1 = 1 (Int64)
-- $2 = 2 (Int64)
-- $3 = 1000 (Int64)
-- $4 = 2000 (Int64)
-- $5 = 1.0 (String)
