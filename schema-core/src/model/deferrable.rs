/// When a constraint is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Deferrable {
    /// After each statement, always.
    Never,
    /// After each statement, unless the transaction defers it.
    InitiallyImmediate,
    /// At commit, unless the transaction makes it immediate.
    InitiallyDeferred,
}
