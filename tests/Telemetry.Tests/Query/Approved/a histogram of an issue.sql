SELECT (timestamp - ((timestamp % 3600000000) + 3600000000) % 3600000000) AS c0, count(*) AS c1
FROM d20261120.events
WHERE (project_id IN (1, 2) AND timestamp >= 1000 AND timestamp < 2000 AND issue_id = 42)
GROUP BY (timestamp - ((timestamp % 3600000000) + 3600000000) % 3600000000)
LIMIT 100 OFFSET 0
