SELECT transaction_name AS c0, CAST(round(coalesce(sum(weight), 0)) AS BIGINT) AS c1, sketch_at(sketch(CAST((duration / 1e3) AS DOUBLE), weight), 0.5) AS c2, sketch_at(sketch(CAST((duration / 1e3) AS DOUBLE), weight), 0.95) AS c3, (coalesce(sum(weight) FILTER (WHERE failed = $1), 0) / nullif(coalesce(sum(weight), 0), 0)) AS c4, count(DISTINCT user_key) AS c5, coalesce(bool_or(weight <> 1), FALSE)
FROM d20261120.segments
WHERE (project_id = $3 AND timestamp >= $4 AND timestamp < $5 AND is_segment = $1)
GROUP BY transaction_name
HAVING CAST(round(coalesce(sum(weight), 0)) AS BIGINT) > $2
ORDER BY sketch_at(sketch(CAST((duration / 1e3) AS DOUBLE), weight), 0.95) DESC NULLS LAST
LIMIT 100 OFFSET 0
-- $1 = True (Boolean)
-- $2 = 10 (Int64)
-- $3 = 1 (Int64)
-- $4 = 1000 (Int64)
-- $5 = 2000 (Int64)
