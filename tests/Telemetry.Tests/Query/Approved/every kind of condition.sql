SELECT event_id AS c0, title AS c1
FROM d20261120.events
WHERE (project_id IN ($1, $2) AND timestamp >= $3 AND timestamp < $4 AND NOT coalesce(release = $5, FALSE) AND (message ILIKE $6 ESCAPE '\' OR handled IS NOT NULL) AND level IN ($7, $8) AND TRY(json_extract_string(tags, $9)) <> $10 AND TRY_CAST(TRY(json_extract_string(tags, $11)) AS DOUBLE) > $12)
LIMIT 100 OFFSET 0
-- $1 = 1 (Int64)
-- $2 = 2 (Int64)
-- $3 = 1000 (Int64)
-- $4 = 2000 (Int64)
-- $5 = 1.0 (String)
-- $6 = %time out% (String)
-- $7 = error (String)
-- $8 = fatal (String)
-- $9 = /browser (String)
-- $10 = Chrome (String)
-- $11 = /retries (String)
-- $12 = 5 (Double)
