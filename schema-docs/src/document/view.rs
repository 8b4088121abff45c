use freehold_schema_core::ir::{Query, Schema, View};

use super::index::{self, IndexDoc};
use super::ownership;
use super::sentence::Sentence;
use crate::facts::ViewFacts;
use crate::sql;

/// A view or a materialized view.
#[derive(Clone, Debug)]
pub struct ViewDoc {
    /// The name.
    pub name: String,
    /// What it shows.
    pub purpose: Option<Sentence>,
    /// Whether the rows are stored.
    pub is_materialized: bool,
    /// The word that declares who owns the rows, if the structs are known.
    pub ownership: Option<&'static str>,
    /// Whose rights it has.
    pub rights: Sentence,
    /// The columns; of a view that the structs do not have, only those with a comment.
    pub columns: Vec<ViewColumnDoc>,
    /// The query.
    pub query: String,
    /// The indexes of a materialized view.
    pub indexes: Vec<IndexDoc>,
}

/// A column of a view.
#[derive(Clone, Debug)]
pub struct ViewColumnDoc {
    /// The name.
    pub name: String,
    /// The type, if the structs are known.
    pub sql_type: Option<String>,
    /// Whether it may be null, if the structs are known.
    pub is_nullable: Option<bool>,
    /// What it holds.
    pub description: Option<Sentence>,
}

pub(super) fn view(schema: &Schema, view: &View, facts: Option<&ViewFacts>) -> ViewDoc {
    ViewDoc {
        name: view.name.to_string(),
        purpose: view.comment.as_deref().map(Sentence::of_comment),
        is_materialized: view.materialized,
        ownership: facts.map(|facts| ownership::word(facts.ownership)),
        rights: rights(view),
        columns: facts.map_or_else(
            || columns_of_query(schema, view),
            |facts| columns(view, facts),
        ),
        query: sql::printer().query(&view.query),
        indexes: index::of_view(&view.name, &view.indexes),
    }
}

fn rights(view: &View) -> Sentence {
    match (&view.owner, view.materialized, view.security_invoker) {
        (Some(owner), _, _) => Sentence::new("It is filled with the rights of ")
            .code(owner)
            .text("."),
        (None, true, _) => Sentence::new("It is filled with the rights of its owner."),
        (None, false, true) => Sentence::new(
            "It reads its tables with the rights of the caller, so that row-level security applies.",
        ),
        (None, false, false) => Sentence::new(
            "It reads its tables with the rights of its owner: the caller's row-level security does not apply.",
        ),
    }
}

fn comment(view: &View, name: &str) -> Option<Sentence> {
    let mut comments = view.column_comments.iter();
    let (_, comment) = comments.find(|(column, _)| column == name)?;
    Some(Sentence::of_comment(comment))
}

/// Without a struct, the columns of a view are known if it has all those of a table. Of another query, the comments
/// name some.
fn columns_of_query(schema: &Schema, view: &View) -> Vec<ViewColumnDoc> {
    let Query::Rows { table, columns, .. } = &view.query else {
        return commented(view);
    };
    let table = schema.tables.iter().find(|one| one.name == *table);
    let columns = columns.iter().filter_map(|name| {
        let mut all = table?.columns.iter();
        all.find(|column| column.name == *name)
    });
    let docs = columns.map(|column| ViewColumnDoc {
        name: column.name.clone(),
        sql_type: Some(sql::type_name(&column.sql_type)),
        is_nullable: Some(column.nullable),
        description: comment(view, &column.name),
    });
    docs.collect()
}

fn commented(view: &View) -> Vec<ViewColumnDoc> {
    let columns = view.column_comments.iter();
    let doc = |(name, comment): &(String, String)| ViewColumnDoc {
        name: name.clone(),
        sql_type: None,
        is_nullable: None,
        description: Some(Sentence::of_comment(comment)),
    };
    columns.map(doc).collect()
}

fn columns(view: &View, facts: &ViewFacts) -> Vec<ViewColumnDoc> {
    let columns = facts.def.columns.iter();
    let docs = columns.map(|column| ViewColumnDoc {
        name: column.name.to_owned(),
        sql_type: Some(sql::type_name(&(&column.sql_type).into())),
        is_nullable: Some(column.nullable),
        description: comment(view, column.name),
    });
    docs.collect()
}
