SELECT (timestamp - ((timestamp % 3600000000) + 3600000000) % 3600000000) AS c0, count(*) AS c1
FROM d20261120.events
WHERE (project_id IN ($1, $2) AND timestamp >= $3 AND timestamp < $4 AND issue_id = $5)
GROUP BY (timestamp - ((timestamp % 3600000000) + 3600000000) % 3600000000)
LIMIT 100 OFFSET 0
-- $1 = 1 (Int64)
-- $2 = 2 (Int64)
-- $3 = 1000 (Int64)
-- $4 = 2000 (Int64)
-- $5 = 42 (Int64)
