SELECT CASE WHEN issue_id IN (4, 5) THEN 2 WHEN issue_id IN (7) THEN 3 ELSE issue_id END AS c0, count(*) AS c1, count(*) FILTER (WHERE issue_id IN ($1, $2, $3)) AS c2
FROM d20261120.events
WHERE (project_id IN ($4, $1) AND timestamp >= $5 AND timestamp < $6 AND NOT coalesce(issue_id IN ($7, $8, $9), FALSE))
GROUP BY CASE WHEN issue_id IN (4, 5) THEN 2 WHEN issue_id IN (7) THEN 3 ELSE issue_id END
ORDER BY count(*) DESC NULLS LAST, CASE WHEN issue_id IN (4, 5) THEN 2 WHEN issue_id IN (7) THEN 3 ELSE issue_id END ASC NULLS LAST
LIMIT 100 OFFSET 0
-- $1 = 2 (Int64)
-- $2 = 5 (Int64)
-- $3 = 4 (Int64)
-- $4 = 1 (Int64)
-- $5 = 1000 (Int64)
-- $6 = 2000 (Int64)
-- $7 = 3 (Int64)
-- $8 = 7 (Int64)
-- $9 = 9 (Int64)
