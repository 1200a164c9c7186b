SELECT event_id AS c0, title AS c1
FROM d20261120.events
WHERE (project_id IN (1, 2) AND timestamp >= 1000 AND timestamp < 2000)
ORDER BY timestamp DESC NULLS LAST
LIMIT 10 OFFSET 20
