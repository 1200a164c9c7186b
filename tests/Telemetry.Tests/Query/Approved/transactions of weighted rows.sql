SELECT transaction_name AS c0, CAST(round(coalesce(sum(weight), 0)) AS BIGINT) AS c1, sketch_at(sketch(CAST((duration / 1e3) AS DOUBLE), weight), 0.5) AS c2, sketch_at(sketch(CAST((duration / 1e3) AS DOUBLE), weight), 0.95) AS c3, (coalesce(sum(weight) FILTER (WHERE failed = TRUE), 0) / nullif(coalesce(sum(weight), 0), 0)) AS c4, count(DISTINCT user_key) AS c5, coalesce(bool_or(weight <> 1), FALSE) AS is_sampled
FROM d20261120.segments
WHERE (project_id = 1 AND timestamp >= 1000 AND timestamp < 2000 AND is_segment = TRUE)
GROUP BY transaction_name
HAVING CAST(round(coalesce(sum(weight), 0)) AS BIGINT) > 10
ORDER BY c3 DESC NULLS LAST
LIMIT 100 OFFSET 0
