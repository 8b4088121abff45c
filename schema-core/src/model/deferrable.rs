/// When a constraint is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Deferrable {
    /// With each statement, always.
    Never,
    /// With each statement, unless the transaction defers it.
    InitiallyImmediate,
    /// At commit, unless the transaction asks for it at once.
    InitiallyDeferred,
}
