SELECT TRY(json_extract_string(tags, $1)) AS c0, count(*) AS c1
FROM d20261120.events
WHERE (project_id IN (1, 2) AND timestamp >= 1000 AND timestamp < 2000 AND issue_id = 42 AND TRY(json_extract_string(tags, $1)) ILIKE $2 ESCAPE '\' AND TRY(json_extract_string(tags, $1)) IS NOT NULL)
GROUP BY TRY(json_extract_string(tags, $1))
LIMIT 100 OFFSET 0
-- $1 = /browser (String)
-- $2 = chr% (String)
