SELECT event_id AS c0, title AS c1
FROM d20261120.events
WHERE (project_id IN (1, 2) AND timestamp >= 1000 AND timestamp < 2000 AND NOT coalesce(release = $1, FALSE) AND (message ILIKE $2 ESCAPE '\' OR handled IS NOT NULL) AND level IN ($3, $4) AND TRY(json_extract_string(tags, $5)) <> $6 AND TRY_CAST(TRY(json_extract_string(tags, $7)) AS DOUBLE) > 5e0)
LIMIT 100 OFFSET 0
-- $1 = 1.0 (String)
-- $2 = %time out% (String)
-- $3 = error (String)
-- $4 = fatal (String)
-- $5 = /browser (String)
-- $6 = Chrome (String)
-- $7 = /retries (String)
