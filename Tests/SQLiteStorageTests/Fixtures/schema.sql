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
  opted_out_at INTEGER,
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
  settled_at INTEGER,
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

CREATE TABLE inbound (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  rooftop_id INTEGER NOT NULL REFERENCES rooftop (id),
  contact_point_id INTEGER NOT NULL REFERENCES contact_point (id),
  meaning TEXT NOT NULL CHECK (meaning IN ('reply', 'opt_out', 'help', 'booking')),
  body TEXT,
  received_at INTEGER NOT NULL
) STRICT;

CREATE INDEX inbound_contact_point ON inbound (contact_point_id);

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
