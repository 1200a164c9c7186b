SELECT avg(TRY_CAST(TRY(json_extract_string(measurements, $1)) AS DOUBLE)) AS c0, max(lcp) AS c1, sum(TRY_CAST(TRY(json_extract_string(attributes, $2)) AS DOUBLE)) AS c2
FROM d20261120.segments
WHERE (project_id = $3 AND timestamp >= $4 AND timestamp < $5 AND is_segment = $6)
LIMIT 100 OFFSET 0
-- $1 = /frames~1slow/value (String)
-- $2 = /cart.size (String)
-- $3 = 1 (Int64)
-- $4 = 1000 (Int64)
-- $5 = 2000 (Int64)
-- $6 = True (Boolean)
