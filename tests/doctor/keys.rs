//! Keys and sequences.

use freehold::operations::Severity::{Error, Warning};

use crate::TestResult;
use crate::case::{case, planted};

#[test]
fn a_key_that_runs_out_of_numbers_is_found() -> TestResult {
    planted(
        &case("key_exhaustion")?,
        "CREATE TABLE counters (id serial PRIMARY KEY); SELECT setval('counters_id_seq', 2000000000)",
        Error,
        "public.counters.id",
        "ALTER TABLE public.counters ALTER COLUMN id TYPE bigint",
    )
}

#[test]
fn a_sequence_that_is_narrower_than_its_column_is_found() -> TestResult {
    planted(
        &case("key_exhaustion")?,
        "CREATE SEQUENCE numbers AS integer; CREATE TABLE counters (id bigint PRIMARY KEY DEFAULT nextval('numbers')); \
         SELECT setval('numbers', 1700000000)",
        Warning,
        "public.counters.id",
        "ALTER SEQUENCE public.numbers AS bigint MAXVALUE 9223372036854775807",
    )
}

#[test]
fn a_column_that_is_narrower_than_the_key_it_refers_to_is_found() -> TestResult {
    planted(
        &case("key_reference_narrow")?,
        "CREATE TABLE wide (id bigserial PRIMARY KEY); CREATE TABLE narrow (id bigserial PRIMARY KEY, wide_id integer REFERENCES wide)",
        Warning,
        "public.narrow.wide_id",
        "ALTER TABLE public.narrow ALTER COLUMN wide_id TYPE bigint",
    )
}

#[test]
fn a_sequence_behind_its_key_is_found() -> TestResult {
    planted(
        &case("sequence_behind_key")?,
        "CREATE TABLE counters (id bigserial PRIMARY KEY); INSERT INTO counters VALUES (1), (5)",
        Error,
        "public.counters.id",
        "SELECT setval('public.counters_id_seq', 5)",
    )
}
