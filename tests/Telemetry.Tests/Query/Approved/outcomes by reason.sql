SELECT outcome AS c0, reason AS c1, CAST(sum(quantity) AS BIGINT) AS c2
FROM (
SELECT outcome, project_id, quantity, reason, timestamp FROM d20261119.outcomes
UNION ALL
SELECT outcome, project_id, quantity, reason, timestamp FROM d20261120.outcomes
)
WHERE (project_id IN (1, 2) AND timestamp >= 1000 AND timestamp < 2000)
GROUP BY outcome, reason
LIMIT 100 OFFSET 0
