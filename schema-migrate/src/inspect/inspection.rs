use freehold_schema_core::ir::Schema;

/// What of a database is inspected.
///
/// ```
/// use freehold_schema_migrate::inspect::Inspection;
///
/// let what = Inspection::default()
///     .namespaces(["public", "audit"])
///     .leave_out(["spatial_ref_sys", "old_*"])
///     .roles(["reporting"]);
/// # let _ = what;
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspection {
    pub(super) namespaces: Vec<String>,
    pub(super) left_out: Vec<String>,
    pub(super) roles: Vec<String>,
}

/// The schema `public`, without the tables in which migrations keep their history, and just the roles that its objects name.
impl Default for Inspection {
    fn default() -> Self {
        Self {
            namespaces: vec!["public".to_owned()],
            left_out: owned(["_sqlx_migrations", "_freehold*"]),
            roles: Vec::new(),
        }
    }
}

impl Inspection {
    /// What can be compared with a schema: `public`, the PostgreSQL schemas that it names, and its roles.
    pub fn of(schema: &Schema) -> Self {
        let namespaces = schema.schemas().iter().map(String::as_str);
        let roles = schema.roles().iter().map(|role| role.name.as_str());
        Self::default()
            .namespaces(["public"].into_iter().chain(namespaces))
            .roles(roles)
    }

    /// Looks at these PostgreSQL schemas too.
    pub fn and_namespaces<'a>(mut self, names: impl IntoIterator<Item = &'a str>) -> Self {
        self.namespaces.extend(owned(names));
        self
    }

    /// The PostgreSQL schemas to look at, instead of `public`. One that is not there is empty.
    pub fn namespaces<'a>(mut self, names: impl IntoIterator<Item = &'a str>) -> Self {
        self.namespaces = owned(names);
        self
    }

    /// Leaves out more tables, views and sequences, by their names without a schema. A `*` at the end of one stands for any rest.
    pub fn leave_out<'a>(mut self, names: impl IntoIterator<Item = &'a str>) -> Self {
        self.left_out.extend(owned(names));
        self
    }

    /// Looks at these roles too, where they are there, beside those that owners, policies and rights name.
    pub fn roles<'a>(mut self, names: impl IntoIterator<Item = &'a str>) -> Self {
        self.roles.extend(owned(names));
        self
    }

    /// The names that are left out, as patterns of `LIKE`.
    pub(super) fn patterns(&self) -> Vec<String> {
        self.left_out.iter().map(|name| pattern(name)).collect()
    }
}

fn pattern(name: &str) -> String {
    let (name, rest) = match name.strip_suffix('*') {
        Some(prefix) => (prefix, "%"),
        None => (name, ""),
    };
    let special = |c: char| matches!(c, '\\' | '%' | '_');
    let escape = |c: char| special(c).then_some('\\').into_iter().chain([c]);
    let escaped: String = name.chars().flat_map(escape).collect();
    format!("{escaped}{rest}")
}

fn owned<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    names.into_iter().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::pattern;

    #[test]
    fn a_name_matches_itself_alone() {
        assert_eq!(pattern("_sqlx_migrations"), r"\_sqlx\_migrations");
        assert_eq!(pattern(r"50%\"), r"50\%\\");
    }

    #[test]
    fn a_star_at_the_end_stands_for_any_rest() {
        assert_eq!(pattern("_freehold*"), r"\_freehold%");
        assert_eq!(pattern("a*b"), "a*b");
    }
}
