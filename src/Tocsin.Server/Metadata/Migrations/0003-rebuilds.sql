-- Days of the telemetry that lack rows which the metadata has applied, until they are rebuilt from the payload segments.
CREATE TABLE rebuilds (
    day BIGINT PRIMARY KEY,
    reason TEXT NOT NULL
);
