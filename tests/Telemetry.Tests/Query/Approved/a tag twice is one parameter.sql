SELECT TRY(json_extract_string(tags, $1)) AS c0, count(*) AS c1
FROM d20261120.events
WHERE (project_id IN ($2, $3) AND timestamp >= $4 AND timestamp < $5)
GROUP BY TRY(json_extract_string(tags, $1))
ORDER BY TRY(json_extract_string(tags, $1)) ASC NULLS LAST
LIMIT 100 OFFSET 0
-- $1 = /os (String)
-- $2 = 1 (Int64)
-- $3 = 2 (Int64)
-- $4 = 1000 (Int64)
-- $5 = 2000 (Int64)
