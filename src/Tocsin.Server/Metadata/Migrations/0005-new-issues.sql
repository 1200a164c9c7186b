-- How many issues began in a project within an hour; hours since 1970 UTC, of the receipt of the events. Kept for a day.
CREATE TABLE new_issues (
    project_id BIGINT NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    hour BIGINT NOT NULL,
    begun BIGINT NOT NULL,
    PRIMARY KEY (project_id, hour)
);

-- The issue of the events that would have begun more than a project may in an hour. It owns no hash.
ALTER TABLE issues ADD COLUMN is_overflow BIGINT NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX issues_overflow ON issues (project_id) WHERE is_overflow = 1;
