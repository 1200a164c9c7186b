-- An issue that was merged into another goes on as a strand of it: its events keep its number, and what is counted is kept for each strand, so
-- that it can be taken out again as it is by then. An issue with strands has one for its own events too, and its row in issues holds the totals;
-- of others there is no row here. Users and environments are always kept under the strand.
CREATE TABLE issue_strands (
    issue_id BIGINT PRIMARY KEY REFERENCES issues (id) ON DELETE CASCADE,
    parent_id BIGINT NOT NULL,
    -- The issue that was merged last with this strand in it.
    came_with BIGINT NOT NULL,
    -- How it stood before it was merged, and how many events it had then; null of the parent's own.
    former_status TEXT,
    former_times_seen BIGINT,
    type TEXT NOT NULL,
    title TEXT NOT NULL,
    culprit TEXT NOT NULL,
    metadata TEXT NOT NULL,
    level TEXT NOT NULL,
    platform TEXT NOT NULL,
    logger TEXT,
    is_unhandled BIGINT NOT NULL,
    first_seen BIGINT NOT NULL,
    last_seen BIGINT NOT NULL,
    times_seen BIGINT NOT NULL,
    first_release TEXT,
    last_release TEXT,
    first_event_high BIGINT,
    first_event_low BIGINT,
    last_event_high BIGINT,
    last_event_low BIGINT
);
CREATE INDEX issue_strands_parent ON issue_strands (parent_id);

-- Grows with every merge and unmerge of the issue: whoever counts on it knows that it is still what he read.
ALTER TABLE issues ADD COLUMN merges BIGINT NOT NULL DEFAULT 0;

-- The hash's place among those of the event that claimed it: 0 is what the event was grouped by first.
ALTER TABLE issue_hashes ADD COLUMN place BIGINT NOT NULL DEFAULT 0;
