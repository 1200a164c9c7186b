SELECT TRY(json_extract_string(tags, $1)) AS c0, count(*) AS c1
FROM d20261120.events
WHERE (project_id IN (1, 2) AND timestamp >= 1000 AND timestamp < 2000)
GROUP BY TRY(json_extract_string(tags, $1))
ORDER BY c0 ASC NULLS LAST
LIMIT 100 OFFSET 0
-- $1 = /os (String)
