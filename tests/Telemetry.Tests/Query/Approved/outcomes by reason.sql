SELECT outcome AS c0, reason AS c1, CAST(sum(quantity) AS BIGINT) AS c2
FROM (
SELECT outcome, project_id, quantity, reason, timestamp FROM d20261119.outcomes
UNION ALL
SELECT outcome, project_id, quantity, reason, timestamp FROM d20261120.outcomes
)
WHERE (project_id IN ($1, $2) AND timestamp >= $3 AND timestamp < $4)
GROUP BY outcome, reason
LIMIT 100 OFFSET 0
-- $1 = 1 (Int64)
-- $2 = 2 (Int64)
-- $3 = 1000 (Int64)
-- $4 = 2000 (Int64)
