/// A migration that changed the schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MigrationDoc {
    /// The version.
    pub version: i64,
    /// What it does.
    pub description: String,
    /// Why, if the files contain it.
    pub reason: Option<String>,
    /// What its steps do, as the files say.
    pub steps: Vec<String>,
    /// The tables that its steps name.
    pub tables: Vec<String>,
    /// Whether it can be reverted.
    pub has_down: bool,
}
