-- What leaves with a day is found by it. Events without an issue (0) are transactions, which may leave before the others.
CREATE INDEX event_index_day ON event_index (day, issue_id);
CREATE INDEX quarantine_day ON quarantine (day);

-- What was dropped, when and why; finished is null while it is being done, so that a new start goes on with it.
-- Kinds: 1 events, 2 spans, 4 outcomes, added up; 7: the whole day.
CREATE TABLE dropped_days (
    id {identity},
    day BIGINT NOT NULL,
    kinds BIGINT NOT NULL,
    reason TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    begun BIGINT NOT NULL,
    finished BIGINT,
    UNIQUE (day, kinds)
);
