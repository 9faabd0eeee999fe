CREATE TABLE rooftop (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
, title TEXT, dealer_group TEXT, zone TEXT, last_turn_at INTEGER, spreading_per_hour INTEGER, spreading_since INTEGER, held_since INTEGER) STRICT;

CREATE TABLE import_file (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  rooftop_id INTEGER NOT NULL REFERENCES rooftop (id),
  file_name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('staging', 'published', 'abandoned')),
  began_at INTEGER NOT NULL,
  published_at INTEGER CHECK ((published_at IS NOT NULL) = (state = 'published')),
  new_count INTEGER NOT NULL DEFAULT 0,
  revised_count INTEGER NOT NULL DEFAULT 0,
  unchanged_count INTEGER NOT NULL DEFAULT 0,
  older_ignored_count INTEGER NOT NULL DEFAULT 0,
  voided_count INTEGER NOT NULL DEFAULT 0,
  quarantined_count INTEGER NOT NULL DEFAULT 0
, stamped_at INTEGER, header BLOB) STRICT;

CREATE UNIQUE INDEX import_file_open_or_published ON import_file (rooftop_id, sha256)
  WHERE state <> 'abandoned';

CREATE TABLE repair_order (
  id INTEGER PRIMARY KEY,
  rooftop_id INTEGER NOT NULL REFERENCES rooftop (id),
  import_id INTEGER NOT NULL REFERENCES import_file (id),
  ro_number TEXT NOT NULL,
  revision INTEGER,
  status TEXT NOT NULL CHECK (status IN ('closed', 'void')),
  closed_on TEXT NOT NULL,
  mileage INTEGER,
  customer_name TEXT,
  customer_first_name TEXT,
  customer_phone TEXT,
  customer_email TEXT,
  customer_text_ok INTEGER,
  customer_email_ok INTEGER,
  customer_preferred_channel TEXT,
  customer_number TEXT,
  vehicle_vin TEXT,
  vehicle_year INTEGER,
  vehicle_make TEXT,
  vehicle_model TEXT,
  declined_count INTEGER NOT NULL,
  performed_count INTEGER,
  done_elsewhere_count INTEGER,
  warnings TEXT,
  source_file TEXT,
  source_sha256 TEXT,
  source_line_from INTEGER,
  source_line_to INTEGER,
  source_byte_offset INTEGER, awaits_planning INTEGER NOT NULL DEFAULT 1, source_stamped_at INTEGER,
  UNIQUE (rooftop_id, ro_number)
) STRICT;

CREATE TABLE declined_item (
  repair_order_id INTEGER NOT NULL REFERENCES repair_order (id),
  position INTEGER NOT NULL,
  op_code TEXT,
  description TEXT NOT NULL,
  price_cents INTEGER,
  severity TEXT CHECK (severity IN ('red', 'yellow')),
  condition_measure TEXT,
  condition_value REAL,
  condition_unit TEXT,
  CHECK ((condition_measure IS NULL) = (condition_value IS NULL)),
  CHECK ((condition_measure IS NULL) = (condition_unit IS NULL)),
  PRIMARY KEY (repair_order_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE performed_work (
  repair_order_id INTEGER NOT NULL REFERENCES repair_order (id),
  position INTEGER NOT NULL,
  op_code TEXT NOT NULL,
  description TEXT,
  price_cents INTEGER,
  PRIMARY KEY (repair_order_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE done_elsewhere (
  repair_order_id INTEGER NOT NULL REFERENCES repair_order (id),
  position INTEGER NOT NULL,
  op_code TEXT NOT NULL,
  PRIMARY KEY (repair_order_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX repair_order_import ON repair_order (import_id, ro_number);

CREATE TABLE staged_repair_order (
  id INTEGER PRIMARY KEY,
  rooftop_id INTEGER NOT NULL REFERENCES rooftop (id),
  import_id INTEGER NOT NULL REFERENCES import_file (id),
  ro_number TEXT NOT NULL,
  revision INTEGER,
  status TEXT NOT NULL CHECK (status IN ('closed', 'void')),
  closed_on TEXT NOT NULL,
  mileage INTEGER,
  customer_name TEXT,
  customer_first_name TEXT,
  customer_phone TEXT,
  customer_email TEXT,
  customer_text_ok INTEGER,
  customer_email_ok INTEGER,
  customer_preferred_channel TEXT,
  customer_number TEXT,
  vehicle_vin TEXT,
  vehicle_year INTEGER,
  vehicle_make TEXT,
  vehicle_model TEXT,
  declined_count INTEGER NOT NULL,
  performed_count INTEGER,
  done_elsewhere_count INTEGER,
  warnings TEXT,
  source_file TEXT,
  source_sha256 TEXT,
  source_line_from INTEGER,
  source_line_to INTEGER,
  source_byte_offset INTEGER, source_stamped_at INTEGER,
  CHECK (import_id > 0)
) STRICT;

CREATE TABLE staged_declined_item (
  repair_order_id INTEGER NOT NULL REFERENCES staged_repair_order (id),
  position INTEGER NOT NULL,
  op_code TEXT,
  description TEXT NOT NULL,
  price_cents INTEGER,
  severity TEXT CHECK (severity IN ('red', 'yellow')),
  condition_measure TEXT,
  condition_value REAL,
  condition_unit TEXT,
  CHECK ((condition_measure IS NULL) = (condition_value IS NULL)),
  CHECK ((condition_measure IS NULL) = (condition_unit IS NULL)),
  PRIMARY KEY (repair_order_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE staged_performed_work (
  repair_order_id INTEGER NOT NULL REFERENCES staged_repair_order (id),
  position INTEGER NOT NULL,
  op_code TEXT NOT NULL,
  description TEXT,
  price_cents INTEGER,
  PRIMARY KEY (repair_order_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE staged_done_elsewhere (
  repair_order_id INTEGER NOT NULL REFERENCES staged_repair_order (id),
  position INTEGER NOT NULL,
  op_code TEXT NOT NULL,
  PRIMARY KEY (repair_order_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX staged_repair_order_import ON staged_repair_order (import_id, id);

CREATE TABLE quarantine_row (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  import_id INTEGER NOT NULL REFERENCES import_file (id),
  code TEXT NOT NULL,
  reason TEXT NOT NULL,
  script_line TEXT,
  line_from INTEGER NOT NULL,
  line_to INTEGER NOT NULL,
  byte_offset INTEGER NOT NULL,
  raw BLOB NOT NULL,
  is_truncated INTEGER NOT NULL,
  replayed_at INTEGER
, first_code TEXT) STRICT;

CREATE INDEX quarantine_row_import ON quarantine_row (import_id, id);

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX repair_order_unplanned ON repair_order (rooftop_id, closed_on, id) WHERE awaits_planning = 1;

CREATE INDEX repair_order_vin ON repair_order (vehicle_vin, rooftop_id) WHERE vehicle_vin IS NOT NULL;

CREATE INDEX repair_order_phone ON repair_order (customer_phone, rooftop_id) WHERE customer_phone IS NOT NULL;

CREATE INDEX repair_order_email ON repair_order (customer_email, rooftop_id) WHERE customer_email IS NOT NULL;

CREATE INDEX repair_order_customer ON repair_order (customer_number, rooftop_id) WHERE customer_number IS NOT NULL;

CREATE TABLE contact_point (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('phone', 'email')),
  address TEXT NOT NULL,
  contact_1_at INTEGER NOT NULL DEFAULT 0,
  contact_2_at INTEGER NOT NULL DEFAULT 0,
  contact_3_at INTEGER NOT NULL DEFAULT 0,
  opted_out_at INTEGER, held_at INTEGER, undeliverable TEXT CHECK (undeliverable IN ('texts', 'number', 'email')), unreached INTEGER NOT NULL DEFAULT 0,
  UNIQUE (address, kind),
  CHECK (contact_1_at <= contact_2_at AND contact_2_at <= contact_3_at)
) STRICT;

CREATE TABLE enrollment (
  id INTEGER PRIMARY KEY,
  rooftop_id INTEGER NOT NULL REFERENCES rooftop (id),
  origin_id INTEGER NOT NULL REFERENCES repair_order (id),
  repair_order_id INTEGER NOT NULL REFERENCES repair_order (id),
  visit_on TEXT NOT NULL,
  latest_visit_on TEXT NOT NULL,
  phone_point_id INTEGER REFERENCES contact_point (id),
  email_point_id INTEGER REFERENCES contact_point (id),
  enrolled_at INTEGER NOT NULL,
  ended_at INTEGER,
  ended_because TEXT,
  CHECK ((ended_at IS NULL) = (ended_because IS NULL))
) STRICT;

CREATE INDEX enrollment_phone ON enrollment (phone_point_id) WHERE phone_point_id IS NOT NULL;

CREATE INDEX enrollment_email ON enrollment (email_point_id) WHERE email_point_id IS NOT NULL;

CREATE TABLE follow_up_item (
  id INTEGER PRIMARY KEY,
  enrollment_id INTEGER NOT NULL REFERENCES enrollment (id),
  repair_order_id INTEGER NOT NULL REFERENCES repair_order (id),
  state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'withdrawn', 'declined_again')),
  visit_on TEXT NOT NULL,
  op_code TEXT,
  description TEXT NOT NULL,
  price_cents INTEGER,
  severity TEXT CHECK (severity IN ('red', 'yellow')),
  condition_measure TEXT,
  condition_value REAL,
  condition_unit TEXT,
  category_code TEXT NOT NULL,
  category_name TEXT NOT NULL,
  tier TEXT NOT NULL CHECK (tier IN ('low', 'mid', 'high')),
  is_safety INTEGER NOT NULL,
  added_at INTEGER NOT NULL,
  closed_by_id INTEGER REFERENCES repair_order (id),
  closed_on TEXT,
  is_done_elsewhere INTEGER,
  recovered_cents INTEGER,
  replied_on TEXT,
  booked_on TEXT,
  CHECK ((state = 'closed') = (closed_by_id IS NOT NULL) OR state = 'withdrawn')
) STRICT;

CREATE INDEX follow_up_item_enrollment ON follow_up_item (enrollment_id);

CREATE INDEX follow_up_item_repair_order ON follow_up_item (repair_order_id);

CREATE INDEX follow_up_item_closed_by ON follow_up_item (closed_by_id) WHERE closed_by_id IS NOT NULL;

CREATE TABLE touch (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  rooftop_id INTEGER NOT NULL REFERENCES rooftop (id),
  enrollment_id INTEGER NOT NULL REFERENCES enrollment (id),
  kind TEXT NOT NULL CHECK (kind IN ('reminder', 'condition', 'final', 'season')),
  planned_on TEXT NOT NULL,
  due_at INTEGER NOT NULL,
  look_at INTEGER NOT NULL,
  season TEXT,
  is_late INTEGER NOT NULL,
  is_last INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('planned', 'sending', 'accepted', 'delivered', 'undelivered', 'failed',
    'uncertain', 'parked', 'suppressed', 'expired', 'superseded', 'rejected')),
  generation INTEGER NOT NULL DEFAULT 0,
  channel TEXT CHECK (channel IN ('sms', 'email', 'call')),
  sent_at INTEGER
) STRICT;

CREATE INDEX touch_waiting ON touch (rooftop_id, look_at, id) WHERE state = 'planned';

CREATE INDEX touch_sending ON touch (rooftop_id, id) WHERE state = 'sending';

CREATE INDEX touch_enrollment ON touch (enrollment_id);

CREATE TABLE attempt (
  touch_id INTEGER NOT NULL REFERENCES touch (id),
  generation INTEGER NOT NULL,
  channel TEXT NOT NULL,
  address TEXT NOT NULL,
  subject TEXT,
  body TEXT NOT NULL,
  bundle_sha256 TEXT NOT NULL,
  intended_at INTEGER NOT NULL,
  not_after INTEGER NOT NULL,
  outcome TEXT CHECK (outcome IN ('accepted', 'not_accepted', 'rejected', 'uncertain')),
  detail TEXT,
  settled_at INTEGER, provider_id TEXT, looks INTEGER NOT NULL DEFAULT 0, look_at INTEGER,
  PRIMARY KEY (touch_id, generation)
) STRICT, WITHOUT ROWID;

CREATE TABLE decision (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  touch_id INTEGER NOT NULL REFERENCES touch (id),
  decided_at INTEGER NOT NULL,
  verdict TEXT NOT NULL,
  bundle_sha256 TEXT
) STRICT;

CREATE INDEX decision_touch ON decision (touch_id);

CREATE TABLE script_failure (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  rooftop_id INTEGER NOT NULL REFERENCES rooftop (id),
  touch_id INTEGER NOT NULL REFERENCES touch (id),
  failed_at INTEGER NOT NULL,
  function TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;

CREATE INDEX script_failure_touch ON script_failure (touch_id);

CREATE INDEX script_failure_time ON script_failure (rooftop_id, failed_at);

CREATE INDEX quarantine_row_waiting ON quarantine_row (import_id, id) WHERE replayed_at IS NULL;

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

CREATE TABLE "inbound" (
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
