use crate::rules::{DUPLICATE_NAME, Violation};

pub(super) fn violation(owner: &'static str, name: &str, of: &str, other: &str) -> Violation {
    let parts = [
        "the name `",
        name,
        "` of ",
        of,
        " is already used by ",
        other,
        "; give one of the two another `name`",
    ];
    Violation::of(&DUPLICATE_NAME, owner, &parts)
}
