//! The plan of a statement, as `EXPLAIN (FORMAT JSON, VERBOSE)` prints it.

use serde_json::Value;

/// What a plan says of the tables that it reads.
#[derive(Debug, Default)]
pub(crate) struct PlanFacts {
    /// The identifier of the statement, if the server computes it.
    pub(crate) query_id: Option<i64>,
    /// The tables that it reads without an index, or whose index it reads from end to end.
    pub(crate) whole: Vec<(String, String)>,
}

impl PlanFacts {
    /// Reads a plan. Of a text that is no plan nothing is known.
    pub(crate) fn of(text: &str) -> Option<Self> {
        let plans: Value = serde_json::from_str(text).ok()?;
        let plan = plans.get(0)?;
        let mut facts = Self {
            query_id: plan.get("Query Identifier").and_then(Value::as_i64),
            whole: Vec::new(),
        };
        facts.read(plan.get("Plan")?);
        Some(facts)
    }

    fn read(&mut self, node: &Value) {
        if reads_whole(node) {
            self.whole.extend(relation(node));
        }
        let children = node.get("Plans").and_then(Value::as_array);
        for child in children.into_iter().flatten() {
            self.read(child);
        }
    }
}

/// Whether the node reads a whole table: without an index, or an index without a condition.
fn reads_whole(node: &Value) -> bool {
    let has_condition = node.get("Index Cond").is_some();
    match text(node, "Node Type") {
        Some("Seq Scan" | "Sample Scan") => true,
        Some("Index Scan" | "Index Only Scan") => !has_condition,
        // The condition is at the scan of the index below.
        Some("Bitmap Heap Scan") => {
            let mut below = node
                .get("Plans")
                .and_then(Value::as_array)
                .into_iter()
                .flatten();
            below.any(|scan| {
                text(scan, "Node Type") == Some("Bitmap Index Scan")
                    && scan.get("Index Cond").is_none()
            })
        }
        _ => false,
    }
}

fn relation(node: &Value) -> Option<(String, String)> {
    let (schema, name) = (text(node, "Schema")?, text(node, "Relation Name")?);
    Some((schema.to_owned(), name.to_owned()))
}

fn text<'a>(node: &'a Value, key: &str) -> Option<&'a str> {
    node.get(key)?.as_str()
}
