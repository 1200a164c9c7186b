SELECT avg(TRY_CAST(TRY(json_extract_string(measurements, $1)) AS DOUBLE)) AS c0, max(lcp) AS c1, sum(TRY_CAST(TRY(json_extract_string(attributes, $2)) AS DOUBLE)) AS c2
FROM d20261120.segments
WHERE (project_id = 1 AND timestamp >= 1000 AND timestamp < 2000 AND is_segment = TRUE)
LIMIT 100 OFFSET 0
-- $1 = /frames~1slow/value (String)
-- $2 = /cart.size (String)
