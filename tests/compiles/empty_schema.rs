//! A schema of no table.

use freehold::prelude::*;

schema!(pub EMPTY = []);
schema!(PRIVATE = [], updated_at(function = touch));
schema!(pub(crate) WITH_COMMA = [],);

#[test]
fn runs() {
    for schema in [&EMPTY, &PRIVATE, &WITH_COMMA] {
        assert!(schema.tables.is_empty());
        assert!(schema.validate().is_empty());
    }
    assert_eq!(PRIVATE.name, "PRIVATE");
}
