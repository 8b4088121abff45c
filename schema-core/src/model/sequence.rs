use super::TableName;

/// A sequence.
#[derive(Clone, Copy, Debug)]
pub struct SequenceDef {
    /// The name.
    pub name: TableName,
    /// The first value.
    pub start: Option<i64>,
    /// The step from one value to the next.
    pub increment: Option<i64>,
    /// The smallest value.
    pub min: Option<i64>,
    /// The largest value.
    pub max: Option<i64>,
    /// How many values a session reserves at once.
    pub cache: Option<i64>,
    /// Whether it starts again after the last value.
    pub cycle: bool,
}

impl SequenceDef {
    /// A sequence from 1, in steps of 1.
    pub const fn new(name: TableName) -> Self {
        Self {
            name,
            start: None,
            increment: None,
            min: None,
            max: None,
            cache: None,
            cycle: false,
        }
    }

    /// Sets the first value.
    pub const fn start(mut self, value: i64) -> Self {
        self.start = Some(value);
        self
    }

    /// Sets the step.
    pub const fn increment(mut self, value: i64) -> Self {
        self.increment = Some(value);
        self
    }

    /// Sets the smallest value.
    pub const fn min(mut self, value: i64) -> Self {
        self.min = Some(value);
        self
    }

    /// Sets the largest value.
    pub const fn max(mut self, value: i64) -> Self {
        self.max = Some(value);
        self
    }

    /// Sets how many values a session reserves at once.
    pub const fn cache(mut self, count: i64) -> Self {
        self.cache = Some(count);
        self
    }

    /// Makes it start again after the last value.
    pub const fn cycle(mut self) -> Self {
        self.cycle = true;
        self
    }
}

/// An extension of the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExtensionDef {
    /// The name.
    pub name: &'static str,
    /// The PostgreSQL schema of its objects.
    pub schema: Option<&'static str>,
}

impl ExtensionDef {
    /// An extension whose objects are created in the first schema of the search path.
    pub const fn new(name: &'static str) -> Self {
        Self { name, schema: None }
    }

    /// Sets the PostgreSQL schema of its objects.
    pub const fn schema(mut self, schema: &'static str) -> Self {
        self.schema = Some(schema);
        self
    }
}
