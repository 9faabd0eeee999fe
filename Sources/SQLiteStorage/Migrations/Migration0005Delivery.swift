extension Migration {
    /// What providers say of messages, what customers answer, and what the Fixed Ops team makes of it.
    ///
    /// A contact point that is held gets nothing until a person has looked. An attempt of unknown outcome carries when it is looked for
    /// next. The last tables hold conversations, the team's answers, calls to make, where links lead, and halted channels.
    static let delivery = Migration(
        number: 5,
        sql: """
            ALTER TABLE contact_point ADD COLUMN held_at INTEGER;
            ALTER TABLE contact_point ADD COLUMN undeliverable TEXT CHECK (undeliverable IN ('texts', 'number', 'email'));
            ALTER TABLE contact_point ADD COLUMN unreached INTEGER NOT NULL DEFAULT 0;

            ALTER TABLE attempt ADD COLUMN provider_id TEXT;
            ALTER TABLE attempt ADD COLUMN looks INTEGER NOT NULL DEFAULT 0;
            ALTER TABLE attempt ADD COLUMN look_at INTEGER;
            UPDATE attempt SET provider_id = detail WHERE outcome = 'accepted';
            CREATE INDEX attempt_provider ON attempt (provider_id) WHERE provider_id IS NOT NULL;
            CREATE INDEX attempt_look ON attempt (look_at) WHERE look_at IS NOT NULL;

            CREATE TABLE delivery (
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              touch_id INTEGER NOT NULL REFERENCES touch (id),
              generation INTEGER NOT NULL,
              status TEXT NOT NULL CHECK (status IN ('accepted', 'delivered', 'undelivered', 'failed', 'not_found', 'parked',
                'counted_sent', 'counted_not_sent')),
              problem TEXT CHECK (problem IN ('opted_out', 'address_invalid', 'landline', 'blocked', 'unreachable', 'filtered', 'other')),
              detail TEXT,
              reported_at INTEGER NOT NULL
            ) STRICT;
            CREATE INDEX delivery_touch ON delivery (touch_id);
            CREATE UNIQUE INDEX delivery_report ON delivery (touch_id, generation, status)
              WHERE status IN ('accepted', 'delivered', 'undelivered', 'failed');
            CREATE INDEX delivery_problem ON delivery (problem, reported_at) WHERE problem IS NOT NULL;

            CREATE TABLE conversation (
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              rooftop_id INTEGER NOT NULL REFERENCES rooftop (id),
              phone_point_id INTEGER REFERENCES contact_point (id),
              email_point_id INTEGER REFERENCES contact_point (id),
              state TEXT NOT NULL CHECK (state IN ('open', 'answered', 'booked', 'closed')),
              changed_at INTEGER NOT NULL,
              CHECK (phone_point_id IS NOT NULL OR email_point_id IS NOT NULL)
            ) STRICT;
            CREATE INDEX conversation_phone ON conversation (phone_point_id, rooftop_id) WHERE phone_point_id IS NOT NULL;
            CREATE INDEX conversation_email ON conversation (email_point_id, rooftop_id) WHERE email_point_id IS NOT NULL;
            CREATE INDEX conversation_state ON conversation (state, changed_at);

            CREATE TABLE inbound_5 (
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              rooftop_id INTEGER NOT NULL REFERENCES rooftop (id),
              contact_point_id INTEGER NOT NULL REFERENCES contact_point (id),
              conversation_id INTEGER REFERENCES conversation (id),
              touch_id INTEGER REFERENCES touch (id),
              provider_id TEXT UNIQUE,
              meaning TEXT NOT NULL CHECK (meaning IN ('reply', 'interest', 'ambiguous', 'opt_out', 'opt_in', 'help', 'booking', 'call_request')),
              body TEXT,
              answer TEXT CHECK (answer IN ('opted_out', 'opted_in', 'help')),
              received_at INTEGER NOT NULL
            ) STRICT;
            INSERT INTO inbound_5 (id, rooftop_id, contact_point_id, meaning, body, received_at)
              SELECT id, rooftop_id, contact_point_id, meaning, body, received_at FROM inbound;
            DROP TABLE inbound;
            ALTER TABLE inbound_5 RENAME TO inbound;
            CREATE INDEX inbound_contact_point ON inbound (contact_point_id);
            CREATE INDEX inbound_conversation ON inbound (conversation_id) WHERE conversation_id IS NOT NULL;

            CREATE TABLE team_answer (
              id INTEGER PRIMARY KEY AUTOINCREMENT,
              conversation_id INTEGER NOT NULL REFERENCES conversation (id),
              contact_point_id INTEGER NOT NULL REFERENCES contact_point (id),
              body TEXT NOT NULL,
              written_by TEXT NOT NULL,
              state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'accepted', 'rejected', 'uncertain')),
              detail TEXT,
              begun_at INTEGER NOT NULL,
              settled_at INTEGER
            ) STRICT;
            CREATE INDEX team_answer_conversation ON team_answer (conversation_id);
            CREATE INDEX team_answer_open ON team_answer (state, id) WHERE state IN ('waiting', 'sending');

            CREATE TABLE call_task (
              touch_id INTEGER PRIMARY KEY REFERENCES touch (id),
              rooftop_id INTEGER NOT NULL REFERENCES rooftop (id),
              queued_at INTEGER NOT NULL,
              outcome TEXT CHECK (outcome IN ('reached', 'booked', 'no_answer', 'wrong_number', 'stop')),
              done_at INTEGER,
              CHECK ((outcome IS NULL) = (done_at IS NULL))
            ) STRICT;
            CREATE INDEX call_task_waiting ON call_task (queued_at) WHERE outcome IS NULL;

            CREATE TABLE booking_link (
              token TEXT PRIMARY KEY,
              touch_id INTEGER NOT NULL REFERENCES touch (id),
              expires_at INTEGER NOT NULL,
              person_clicks INTEGER NOT NULL DEFAULT 0,
              machine_clicks INTEGER NOT NULL DEFAULT 0,
              first_clicked_at INTEGER
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE channel_halt (
              channel TEXT PRIMARY KEY CHECK (channel IN ('sms', 'email', 'call')),
              since INTEGER NOT NULL,
              reason TEXT NOT NULL
            ) STRICT, WITHOUT ROWID;
            """)
}
