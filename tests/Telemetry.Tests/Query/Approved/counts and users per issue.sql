SELECT issue_id AS c0, count(*) AS c1, count(DISTINCT user_key) AS c2
FROM d20261120.events
WHERE (project_id IN ($1, $2) AND timestamp >= $3 AND timestamp < $4)
GROUP BY issue_id
ORDER BY count(*) DESC NULLS LAST
LIMIT 100 OFFSET 0
-- $1 = 1 (Int64)
-- $2 = 2 (Int64)
-- $3 = 1000 (Int64)
-- $4 = 2000 (Int64)
