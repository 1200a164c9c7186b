SELECT issue_id AS c0, count(*) AS c1, count(DISTINCT user_key) AS c2
FROM d20261120.events
WHERE (project_id IN (1, 2) AND timestamp >= 1000 AND timestamp < 2000)
GROUP BY issue_id
ORDER BY c1 DESC NULLS LAST
LIMIT 100 OFFSET 0
