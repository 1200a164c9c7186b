SELECT tag_key AS c0, tag_value AS c1, count(*) AS c2
FROM (
SELECT tag.key AS tag_key, tag.value AS tag_value FROM (
SELECT unnest(map_entries(TRY_CAST(TRY_CAST(tags AS JSON) AS MAP(VARCHAR, VARCHAR)))) AS tag FROM d20261120.events
WHERE (project_id IN (1, 2) AND timestamp >= 1000 AND timestamp < 2000 AND issue_id = 42)
) WHERE tag.key NOT IN ('level', 'environment', 'release', 'dist', 'user', 'transaction', 'logger', 'server_name', 'url', 'handled') AND tag.value IS NOT NULL
UNION ALL
SELECT tag.key, tag.value FROM (
SELECT unnest([{'key': 'level', 'value': level}, {'key': 'environment', 'value': environment}, {'key': 'release', 'value': release}, {'key': 'dist', 'value': dist}, {'key': 'user', 'value': user_key}, {'key': 'transaction', 'value': transaction_name}, {'key': 'logger', 'value': logger}, {'key': 'server_name', 'value': server_name}, {'key': 'url', 'value': url}, {'key': 'handled', 'value': CASE WHEN handled THEN 'yes' WHEN NOT handled THEN 'no' END}]) AS tag FROM d20261120.events
WHERE (project_id IN (1, 2) AND timestamp >= 1000 AND timestamp < 2000 AND issue_id = 42)
) WHERE tag.value IS NOT NULL
)
GROUP BY tag_key, tag_value
LIMIT 100 OFFSET 0
