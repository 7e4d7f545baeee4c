-- Sums of imported events by two parties and year; filled when the record is opened (see dyad_years.py).
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
