-- schema version 3
--
-- The record: documents, what was coded from them, and what reviewers said of it. Times are UTC.
-- Rows that are replaced stay, with `retired_at`: a row was known on a day if it was recorded by then and not yet
-- retired. Nothing has a primary key: DuckDB cannot delete and insert the same key in one transaction, and a scan of
-- the columns that matter takes milliseconds; the store keeps identifiers unique.

CREATE TABLE record_format (version INTEGER NOT NULL, created_at TIMESTAMP NOT NULL);

CREATE TABLE document (
    document_id VARCHAR NOT NULL,
    content_hash VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    title VARCHAR,
    source VARCHAR,
    address VARCHAR,
    author VARCHAR,
    published STRUCT(earliest DATE, latest DATE, "text" VARCHAR, edtf VARCHAR, calendar VARCHAR),
    revised STRUCT(earliest DATE, latest DATE, "text" VARCHAR, edtf VARCHAR, calendar VARCHAR),
    as_of STRUCT(earliest DATE, latest DATE, "text" VARCHAR, edtf VARCHAR, calendar VARCHAR),
    notice VARCHAR,
    licence VARCHAR,
    language VARCHAR,
    media_type VARCHAR,
    reader VARCHAR,
    coder VARCHAR,
    coder_version VARCHAR,
    "text" VARCHAR NOT NULL,
    paragraphs STRUCT("start" BIGINT, "end" BIGINT, kind VARCHAR, anchor VARCHAR, section VARCHAR[], page INTEGER)[],
    sentences STRUCT("index" INTEGER, paragraph INTEGER, "start" BIGINT, "end" BIGINT)[],
    added_at TIMESTAMP NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    retired_at TIMESTAMP
);

CREATE SEQUENCE event_number;

-- What a coder found. `actors` and `recipients` hold codes; beside each code stand its words (null where the party is
-- implied) in the `_text` list, and in the `_spans` list where they begin and the reason for the code. `corrects` is
-- null for what a coder found; on a row that reviewers corrected it is the id of the event as it was found.
CREATE TABLE event (
    event_no BIGINT NOT NULL,
    event_id VARCHAR NOT NULL,
    canonical_id VARCHAR NOT NULL,
    document_id VARCHAR NOT NULL,
    sentence INTEGER NOT NULL,
    event_type VARCHAR NOT NULL,
    mode VARCHAR,
    status VARCHAR NOT NULL,
    actors VARCHAR[] NOT NULL,
    recipients VARCHAR[] NOT NULL,
    actor_text VARCHAR[] NOT NULL,
    recipient_text VARCHAR[] NOT NULL,
    actor_spans STRUCT("start" BIGINT, reason VARCHAR)[] NOT NULL,
    recipient_spans STRUCT("start" BIGINT, reason VARCHAR)[] NOT NULL,
    dated BOOLEAN NOT NULL,
    earliest DATE,
    latest DATE,
    edtf VARCHAR,
    calendar VARCHAR,
    date_words VARCHAR,
    date_text VARCHAR,
    date_start BIGINT,
    place VARCHAR,
    place_start BIGINT,
    content VARCHAR,
    content_start BIGINT,
    "trigger" VARCHAR NOT NULL,
    trigger_start BIGINT NOT NULL,
    quote VARCHAR NOT NULL,
    quote_start BIGINT NOT NULL,
    confidence DOUBLE,
    coder VARCHAR,
    coder_version VARCHAR,
    recorded_at TIMESTAMP NOT NULL,
    retired_at TIMESTAMP,
    corrects VARCHAR
);

-- The pairs of parties that an event stands between, each once, the lesser code first; this is what makes the events
-- of a dyad quick to find. An event with a single party has that party twice.
CREATE TABLE event_dyad (code_a VARCHAR NOT NULL, code_b VARCHAR NOT NULL, event_no BIGINT NOT NULL);

-- What types and modes weigh; written anew when the package's table changes. Mode '' holds for any other mode.
CREATE TABLE event_scale (event_type VARCHAR NOT NULL, mode VARCHAR NOT NULL, quad_class TINYINT NOT NULL, score DOUBLE);

-- What stands between states. `document_id` is the document whose reading gave the tie, null for a joined one;
-- `corrects` is as in `event`.
CREATE TABLE tie (
    tie_id VARCHAR NOT NULL,
    canonical_id VARCHAR NOT NULL,
    document_id VARCHAR,
    kind VARCHAR NOT NULL,
    name VARCHAR,
    parties STRUCT(code VARCHAR, "role" VARCHAR)[] NOT NULL,
    terms VARCHAR,
    outcome VARCHAR,
    moments STRUCT(
        change VARCHAR, outcome VARCHAR, dated BOOLEAN, earliest DATE, latest DATE, date_words VARCHAR, edtf VARCHAR,
        calendar VARCHAR, document_id VARCHAR, sentence INTEGER, quote VARCHAR, quote_start BIGINT, event_id VARCHAR
    )[] NOT NULL,
    codes VARCHAR[] NOT NULL,
    opened_earliest DATE,
    opened_latest DATE,
    closed BOOLEAN NOT NULL,
    closed_earliest DATE,
    closed_latest DATE,
    recorded_at TIMESTAMP NOT NULL,
    retired_at TIMESTAMP,
    corrects VARCHAR
);

-- What a reviewer said: several tellings are one happening ("join"), one is another ("split"), a field is wrong
-- ("correction", with the fields and their values as JSON in `change`). A later decision retires the earlier row.
CREATE TABLE judgement (
    judgement_id VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    subjects VARCHAR[] NOT NULL,
    change VARCHAR,
    decision VARCHAR NOT NULL,
    who VARCHAR NOT NULL,
    why VARCHAR NOT NULL,
    recorded_at TIMESTAMP NOT NULL,
    retired_at TIMESTAMP
);

-- Where an identifier leads: the happening that an event or tie belongs to, if not itself.
CREATE TABLE identity (
    old_id VARCHAR NOT NULL,
    canonical_id VARCHAR NOT NULL,
    judgement_id VARCHAR,
    recorded_at TIMESTAMP NOT NULL,
    retired_at TIMESTAMP
);

-- Imported event data. The rows lie in `imported_event`, or stay in the Parquet file at `path`.
CREATE TABLE dataset (
    dataset VARCHAR NOT NULL,
    version VARCHAR,
    citation VARCHAR,
    path VARCHAR,
    row_count BIGINT NOT NULL,
    rejected BIGINT NOT NULL,
    coverage_from DATE,
    coverage_to DATE,
    recorded_at TIMESTAMP NOT NULL
);

-- The files of a data set that have been taken in whole: an interrupted import goes on after them.
CREATE TABLE dataset_part (
    dataset VARCHAR NOT NULL,
    part VARCHAR NOT NULL,
    row_count BIGINT NOT NULL,
    rejected BIGINT NOT NULL,
    recorded_at TIMESTAMP NOT NULL
);

CREATE TABLE imported_event (
    event_no BIGINT NOT NULL,
    event_id VARCHAR NOT NULL,
    canonical_id VARCHAR NOT NULL,
    dataset VARCHAR NOT NULL,
    event_type VARCHAR,
    mode VARCHAR,
    quad_class TINYINT,
    status VARCHAR,
    score DOUBLE,
    original_code VARCHAR,
    actors VARCHAR[] NOT NULL,
    recipients VARCHAR[] NOT NULL,
    actor_text VARCHAR[],
    recipient_text VARCHAR[],
    earliest DATE,
    latest DATE,
    edtf VARCHAR,
    date_text VARCHAR,
    place VARCHAR,
    content VARCHAR,
    document_id VARCHAR,
    document_title VARCHAR,
    source VARCHAR,
    sentence INTEGER,
    "trigger" VARCHAR,
    trigger_start BIGINT,
    trigger_end BIGINT,
    quote VARCHAR,
    quote_start BIGINT,
    quote_end BIGINT,
    confidence DOUBLE,
    coder VARCHAR,
    coder_version VARCHAR,
    recorded_at TIMESTAMP NOT NULL
);

CREATE TABLE imported_dyad (code_a VARCHAR NOT NULL, code_b VARCHAR NOT NULL, event_no BIGINT NOT NULL);

-- What imported events come to, by two parties and year, so that a page on them need not read them all. Kept in the
-- transaction that changes them; `dyad_years.py` says what each sum is. `year` is that of the first day (else of the
-- last), null where undated; the events lie among those numbered `first_no` to `last_no`.
CREATE TABLE imported_dyad_year (
    dataset VARCHAR NOT NULL,
    code_a VARCHAR NOT NULL,
    code_b VARCHAR NOT NULL,
    "year" INTEGER,
    opens BOOLEAN NOT NULL,
    first_no BIGINT NOT NULL,
    last_no BIGINT NOT NULL,
    class_0 BIGINT NOT NULL,
    class_1 BIGINT NOT NULL,
    class_2 BIGINT NOT NULL,
    class_3 BIGINT NOT NULL,
    class_4 BIGINT NOT NULL,
    retold BIGINT NOT NULL,
    acts BIGINT NOT NULL,
    score DOUBLE NOT NULL,
    weight DOUBLE NOT NULL,
    weighted DOUBLE NOT NULL,
    first_middle DOUBLE NOT NULL,
    last_middle DOUBLE NOT NULL,
    settled BOOLEAN NOT NULL
);

-- The canonical ids of happenings that several rows may tell of: the imported ones of them weigh nothing above.
CREATE TABLE retold (id VARCHAR NOT NULL);

-- Coded events in the columns that every part of the package reads, and the two that queries need.
CREATE VIEW coded_event AS
SELECT
    e.event_id, e.canonical_id, 'coded' AS origin, '' AS dataset,
    e.event_type, e.mode, base.quad_class, e.status, coalesce(scale.score, base.score) AS score,
    CAST(NULL AS VARCHAR) AS original_code,
    e.actors, e.recipients,
    list_filter(e.actor_text, lambda words: words IS NOT NULL) AS actor_text,
    list_filter(e.recipient_text, lambda words: words IS NOT NULL) AS recipient_text,
    e.earliest, e.latest, e.edtf, e.date_text, e.place, e.content,
    e.document_id, coalesce(nullif(d.title, ''), d.name) AS document_title, d.source, e.sentence,
    e.trigger, e.trigger_start, e.trigger_start + length(e.trigger) AS trigger_end,
    e.quote, e.quote_start, e.quote_start + length(e.quote) AS quote_end,
    e.confidence, e.coder, e.coder_version, e.recorded_at,
    e.event_no, e.retired_at
FROM event AS e
LEFT JOIN document AS d ON d.document_id = e.document_id AND d.retired_at IS NULL
LEFT JOIN event_scale AS base ON base.event_type = e.event_type AND base.mode = ''
LEFT JOIN event_scale AS scale ON scale.event_type = e.event_type AND scale.mode = e.mode AND scale.mode <> '';
