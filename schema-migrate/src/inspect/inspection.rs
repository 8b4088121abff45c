use freehold_schema_core::ir::Schema;

/// Which parts of a database to inspect.
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

/// The schema `public` without the tables of the migration history, and only the roles that its objects name.
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
    /// What `schema` can be compared with: `public`, the PostgreSQL schemas that it names, and its roles.
    pub fn of(schema: &Schema) -> Self {
        let namespaces = schema.schemas().iter().map(String::as_str);
        let roles = schema.roles().iter().map(|role| role.name.as_str());
        Self::default()
            .namespaces(["public"].into_iter().chain(namespaces))
            .roles(roles)
    }

    /// Adds PostgreSQL schemas to inspect.
    pub fn and_namespaces<'a>(mut self, names: impl IntoIterator<Item = &'a str>) -> Self {
        self.namespaces.extend(owned(names));
        self
    }

    /// Sets the PostgreSQL schemas to inspect, instead of `public`. A schema that does not exist counts as empty.
    pub fn namespaces<'a>(mut self, names: impl IntoIterator<Item = &'a str>) -> Self {
        self.namespaces = owned(names);
        self
    }

    /// Leaves out more tables, views and sequences, by their names without a schema. A `*` at the end matches any rest.
    pub fn leave_out<'a>(mut self, names: impl IntoIterator<Item = &'a str>) -> Self {
        self.left_out.extend(owned(names));
        self
    }

    /// Adds roles to inspect, if they exist, to those that owners, policies and rights name.
    pub fn roles<'a>(mut self, names: impl IntoIterator<Item = &'a str>) -> Self {
        self.roles.extend(owned(names));
        self
    }

    /// The names to leave out, as patterns of `LIKE`.
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
    fn a_name_matches_only_itself() {
        assert_eq!(pattern("_sqlx_migrations"), r"\_sqlx\_migrations");
        assert_eq!(pattern(r"50%\"), r"50\%\\");
    }

    #[test]
    fn a_star_at_the_end_matches_any_rest() {
        assert_eq!(pattern("_freehold*"), r"\_freehold%");
        assert_eq!(pattern("a*b"), "a*b");
    }
}
