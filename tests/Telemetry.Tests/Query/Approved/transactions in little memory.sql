SELECT transaction_name AS c0, count(*) AS c1, sketch_at(sketch(CAST((duration / 1e3) AS DOUBLE), 1.0), 0.5) AS c2, sketch_at(sketch(CAST((duration / 1e3) AS DOUBLE), 1.0), 0.95) AS c3, (count(*) FILTER (WHERE failed = TRUE) / nullif(count(*), 0)) AS c4, count(DISTINCT user_key) AS c5
FROM d20261120.segments
WHERE (project_id = 1 AND timestamp >= 1000 AND timestamp < 2000 AND is_segment = TRUE)
GROUP BY transaction_name
HAVING count(*) > 10
ORDER BY c3 DESC NULLS LAST
LIMIT 100 OFFSET 0
