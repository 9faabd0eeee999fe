extension Migration {
    /// What it takes to read quarantined rows again without the file, and to tell an older file from a newer one.
    static let replay = Migration(
        number: 3,
        sql: """
            ALTER TABLE import_file ADD COLUMN stamped_at INTEGER;
            ALTER TABLE import_file ADD COLUMN header BLOB;
            ALTER TABLE repair_order ADD COLUMN source_stamped_at INTEGER;
            ALTER TABLE staged_repair_order ADD COLUMN source_stamped_at INTEGER;
            ALTER TABLE quarantine_row ADD COLUMN first_code TEXT;
            CREATE INDEX quarantine_row_waiting ON quarantine_row (import_id, id) WHERE replayed_at IS NULL;
            """)
}
