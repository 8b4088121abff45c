//! Checks and unique constraints.

use freehold::prelude::*;

use super::{TestResult, database_with, lines};

#[derive(Table)]
#[table(name = offers, shared, allow(timestamps), primary_key(id, name = offers_key))]
#[table(
    unique(code, region, nulls_not_distinct, include(price)),
    unique(slot, deferrable = initially_deferred, name = one_slot),
    check(price >= 0 && (price < 100 || region != "eu")),
    check(window: starts <= ends || ends.is_null()),
    check_sql(raw: "price <> 13 -- an unlucky number"),
    check(!(starts.is_null() && ends.is_null())),
    check(price - (slot - 1) > price - slot - 1),
    check(price.between(1, 5) || region.is_in("us", "ca") || code.is_not_in("x")),
    check(code.like("A%") || code.ilike("b%") || code.matches("^c") || code.matches_ignore_case("^d")),
    check((price > 1) == (slot > 1)),
    check(tags.contains(other) || tags.overlaps(other) || tags.contained_by(other)),
)]
struct Offer {
    id: Uuid,
    code: String,
    region: Option<String>,
    #[column(check(price != 7), check(price != 8))]
    price: i32,
    slot: i32,
    starts: Option<NaiveDate>,
    ends: Option<NaiveDate>,
    tags: Vec<String>,
    other: Vec<String>,
}

schema!(OFFERS = [Offer]);

#[test]
fn a_constraint_is_what_its_attribute_says() -> TestResult {
    let database = database_with(&OFFERS)?;
    let constraints = lines(
        &database,
        "SELECT conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
         WHERE conrelid = 'offers'::regclass ORDER BY conname COLLATE \"C\"",
    )?;
    assert_eq!(
        constraints,
        [
            "chk_offers_code CHECK (((code ~~ 'A%'::text) OR (code ~~* 'b%'::text) OR (code ~ '^c'::text) OR (code ~* '^d'::text)))",
            "chk_offers_price CHECK ((price <> 7))",
            "chk_offers_price_2 CHECK ((price <> 8))",
            "chk_offers_price_region CHECK (((price >= 0) AND ((price < 100) OR (region <> 'eu'::text))))",
            "chk_offers_price_region_code CHECK ((((price >= 1) AND (price <= 5)) OR (region = ANY (ARRAY['us'::text, 'ca'::text])) OR (code <> 'x'::text)))",
            "chk_offers_price_slot CHECK (((price - (slot - 1)) > ((price - slot) - 1)))",
            "chk_offers_price_slot_2 CHECK (((price > 1) = (slot > 1)))",
            "chk_offers_starts_ends CHECK ((NOT ((starts IS NULL) AND (ends IS NULL))))",
            "chk_offers_tags_other CHECK (((tags @> other) OR (tags && other) OR (tags <@ other)))",
            "offers_key PRIMARY KEY (id)",
            "one_slot UNIQUE (slot) DEFERRABLE INITIALLY DEFERRED",
            "raw CHECK ((price <> 13))",
            "uq_offers_code_region UNIQUE NULLS NOT DISTINCT (code, region) INCLUDE (price)",
            "window CHECK (((starts <= ends) OR (ends IS NULL)))",
        ]
    );
    Ok(())
}
