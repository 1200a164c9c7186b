SELECT CASE WHEN issue_id IN (4, 5) THEN 2 WHEN issue_id IN (7) THEN 3 ELSE issue_id END AS c0, count(*) AS c1, count(*) FILTER (WHERE issue_id IN (2, 5, 4)) AS c2
FROM d20261120.events
WHERE (project_id IN (1, 2) AND timestamp >= 1000 AND timestamp < 2000 AND NOT coalesce(issue_id IN (3, 7, 9), FALSE))
GROUP BY CASE WHEN issue_id IN (4, 5) THEN 2 WHEN issue_id IN (7) THEN 3 ELSE issue_id END
ORDER BY c1 DESC NULLS LAST, c0 ASC NULLS LAST
LIMIT 100 OFFSET 0
