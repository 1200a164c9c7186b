SELECT event_id AS c0, title AS c1
FROM (
SELECT event_id, project_id, timestamp, title FROM d20261118.events
UNION ALL
SELECT event_id, project_id, timestamp, title FROM d20261119.events
UNION ALL
SELECT event_id, project_id, timestamp, title FROM d20261120.events
)
WHERE (project_id IN (1, 2) AND timestamp >= 1000 AND timestamp < 2000)
LIMIT 100 OFFSET 0
