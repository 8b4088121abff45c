use freehold::prelude::*;

use super::{TestResult, database_with, lines};

/// It's a "note": $$ -- /* \n */ 'quoted'; DROP TABLE notes;
///
/// A second
/// paragraph.
#[derive(Table)]
#[table(name = notes, shared, allow(timestamps))]
struct Note {
    /// Ü'ber \ "all"
    #[column(primary_key)]
    id: Uuid,
    #[column(comment = "said in the attribute")]
    title: String,
    body: String,
}

schema!(NOTES = [Note]);

#[test]
fn a_comment_is_stored_as_it_is_written() -> TestResult {
    let database = database_with(&NOTES)?;
    let comment = database.psql("SELECT obj_description('notes'::regclass)")?;
    assert_eq!(
        comment.trim_end(),
        "It's a \"note\": $$ -- /* \\n */ 'quoted'; DROP TABLE notes;\n\nA second paragraph."
    );
    let columns = lines(
        &database,
        "SELECT attname || ': ' || coalesce(col_description(attrelid, attnum), '-')
         FROM pg_attribute WHERE attrelid = 'notes'::regclass AND attnum > 0 ORDER BY attnum",
    )?;
    assert_eq!(
        columns,
        [
            "id: Ü'ber \\ \"all\"",
            "title: said in the attribute",
            "body: -"
        ]
    );
    Ok(())
}
