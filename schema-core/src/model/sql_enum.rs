/// The definition of an enum: what `#[derive(SqlEnum)]` emits.
#[derive(Debug)]
pub struct EnumDef {
    /// The PostgreSQL schema of the type.
    pub schema: Option<&'static str>,
    /// The type's name.
    pub name: &'static str,
    /// Whether it is a type of its own in the database; if not, it is a text with a check.
    pub native: bool,
    /// The comment of the type.
    pub comment: Option<&'static str>,
    /// The labels, in order.
    pub labels: &'static [LabelDef],
}

/// A label of an enum.
#[derive(Clone, Copy, Debug)]
pub struct LabelDef {
    /// The label.
    pub label: &'static str,
    /// The label before, where it was renamed.
    pub renamed_from: Option<&'static str>,
}

impl LabelDef {
    /// A label.
    pub const fn new(label: &'static str) -> Self {
        Self {
            label,
            renamed_from: None,
        }
    }

    /// Says what the label was before.
    pub const fn renamed_from(mut self, label: &'static str) -> Self {
        self.renamed_from = Some(label);
        self
    }
}
