SELECT transaction_name AS c0, count(*) AS c1, (list_extract(quantile_cont(duration, [0.5, 0.95]), 1) / 1e3) AS c2, (list_extract(quantile_cont(duration, [0.5, 0.95]), 2) / 1e3) AS c3, (count(*) FILTER (WHERE failed = TRUE) / nullif(count(*), 0)) AS c4, count(DISTINCT user_key) AS c5
FROM (
SELECT duration, failed, is_segment, project_id, timestamp, transaction_name, user_key FROM d20261119.segments
UNION ALL
SELECT duration, failed, is_segment, project_id, timestamp, transaction_name, user_key FROM d20261120.segments
)
WHERE (project_id = 1 AND timestamp >= 1000 AND timestamp < 2000 AND is_segment = TRUE)
GROUP BY transaction_name
HAVING count(*) > 10
ORDER BY c3 DESC NULLS LAST
LIMIT 100 OFFSET 0
