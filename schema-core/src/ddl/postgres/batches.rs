//! A change of many rows in batches.

/// A block that changes the rows in the order of the key. It changes the first row alone, so that each batch starts
/// after a known row.
pub(super) fn block(table: &str, key: &[String], change: &str, rows: u32) -> String {
    let columns = key.join(", ");
    let variables = |prefix: &str| {
        let names = (1..=key.len()).map(|number| format!("{prefix}_{number}"));
        names.collect::<Vec<_>>()
    };
    let (after, upto) = (variables("after"), variables("upto"));
    let declared = after.iter().chain(&upto).zip(key.iter().chain(key));
    let declared: String = declared
        .map(|(variable, column)| format!("    {variable} {table}.{column}%TYPE;\n"))
        .collect();
    let row = |names: &[String]| format!("({})", names.join(", "));
    let (own, after_row, upto_row) = (row(key), row(&after), row(&upto));
    let descending: Vec<_> = key.iter().map(|column| format!("{column} DESC")).collect();
    let assignments: String = after
        .iter()
        .zip(&upto)
        .map(|(after, upto)| format!("        {after} := {upto};\n"))
        .collect();
    format!(
        "DECLARE\n{declared}BEGIN\n\
         \x20   SELECT {columns} INTO {into_after} FROM {table} ORDER BY {columns} LIMIT 1;\n\
         \x20   IF NOT FOUND THEN\n        RETURN;\n    END IF;\n\
         \x20   {change} AND {own} = {after_row};\n\
         \x20   LOOP\n\
         \x20       SELECT {columns} INTO {into_upto} FROM (\n\
         \x20           SELECT {columns} FROM {table} WHERE {own} > {after_row} ORDER BY {columns} LIMIT {rows}\n\
         \x20       ) AS batch ORDER BY {order} LIMIT 1;\n\
         \x20       EXIT WHEN NOT FOUND;\n\
         \x20       {change} AND {own} > {after_row} AND {own} <= {upto_row};\n\
         \x20       COMMIT;\n{assignments}\
         \x20   END LOOP;\nEND",
        into_after = after.join(", "),
        into_upto = upto.join(", "),
        order = descending.join(", "),
    )
}
