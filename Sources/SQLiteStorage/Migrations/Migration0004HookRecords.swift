extension Migration {
    /// What hooks were told and said of each touch that was to be written, one row for each draft that was decided on.
    ///
    /// `generation` is the one that it was decided for, so a sent draft's attempt has the next. The one index serves the pages of a
    /// rooftop, and a touch through the times of its attempts and decisions.
    static let hookRecords = Migration(
        number: 4,
        sql: """
            CREATE TABLE hook_record (
              id INTEGER PRIMARY KEY,
              rooftop_id INTEGER NOT NULL REFERENCES rooftop (id),
              touch_id INTEGER NOT NULL REFERENCES touch (id),
              generation INTEGER NOT NULL,
              decided_at INTEGER NOT NULL,
              seed INTEGER NOT NULL,
              bundle_sha256 TEXT NOT NULL,
              input TEXT NOT NULL,
              calls TEXT NOT NULL
            ) STRICT;
            CREATE INDEX hook_record_time ON hook_record (rooftop_id, decided_at, touch_id, generation);
            """)
}
