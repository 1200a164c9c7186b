SELECT arg_max(event_id, timestamp) AS c0
FROM d20261120.events
WHERE (project_id IN (1, 2) AND timestamp >= 1000 AND timestamp < 2000 AND issue_id = 42)
LIMIT 100 OFFSET 0
