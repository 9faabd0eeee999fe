CREATE TABLE rooftop (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
) STRICT;

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
) STRICT;

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
  source_byte_offset INTEGER,
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
  source_byte_offset INTEGER,
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
) STRICT;

CREATE INDEX quarantine_row_import ON quarantine_row (import_id, id);
