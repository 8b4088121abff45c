//! The schemas of `examples/schemas`: a schema in normal form is its own normal form.

use freehold::Schema;
use freehold_schema_core::__normal as normal;

use crate::{TestResult, schemas};

#[test]
fn the_normal_form_is_stable() -> TestResult {
    for (name, def) in schemas::ALL {
        let once = normal::schema(&Schema::from_def(def)?);
        let twice = normal::schema(&once);
        for (one, other) in once.tables().iter().zip(twice.tables()) {
            assert_eq!(one, other, "a table of `{name}`");
        }
        assert_eq!(once, twice, "the schema `{name}`");
    }
    Ok(())
}

#[test]
fn objects_keep_their_order() -> TestResult {
    for (name, def) in schemas::ALL {
        let schema = Schema::from_def(def)?;
        let normal = normal::schema(&schema);
        let names = |schema: &Schema| -> Vec<String> {
            let tables = schema.tables().iter().map(|table| table.name.name.clone());
            let views = schema.views().iter().map(|view| view.name.name.clone());
            let routines = schema.routines().iter().map(|made| made.name.name.clone());
            tables.chain(views).chain(routines).collect()
        };
        assert_eq!(names(&schema), names(&normal), "the schema `{name}`");
    }
    Ok(())
}
