//! Names that stay different after characters were replaced.

use std::collections::HashSet;

/// Changes each name and numbers those that become equal: `a b` and `a-b` become `a_b` and `a_b_2`.
///
/// A name that the change keeps is not numbered, unless it occurs twice. The names come back in the same order.
pub(super) fn distinct<'n>(
    names: impl IntoIterator<Item = &'n str>,
    change: impl Fn(&str) -> String,
) -> Vec<String> {
    let changed: Vec<_> = names.into_iter().map(|name| (name, change(name))).collect();
    let kept = changed.iter().filter(|(name, new)| name == new);
    let mut reserved: HashSet<_> = kept.map(|(name, _)| *name).collect();
    let mut taken: HashSet<_> = reserved.iter().map(|name| (*name).to_owned()).collect();
    let mut number = |(name, new): &(&'n str, String)| {
        if name == new && reserved.remove(name) {
            return new.clone();
        }
        let free = numbered(new, &taken);
        taken.insert(free.clone());
        free
    };
    changed.iter().map(&mut number).collect()
}

/// The name, or the first of `name_2`, `name_3` and so on that is not taken.
fn numbered(name: &str, taken: &HashSet<String>) -> String {
    let others = (2_usize..).map(|count| format!("{name}_{count}"));
    std::iter::once(name.to_owned())
        .chain(others)
        .find(|name| !taken.contains(name))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::distinct;

    #[test]
    fn names_that_become_equal_are_numbered_and_kept_names_are_not() {
        let names = ["a b", "a-b", "a_b", "a_b_2"];
        let changed = distinct(names, |name| name.replace([' ', '-'], "_"));
        assert_eq!(changed, ["a_b_3", "a_b_4", "a_b", "a_b_2"]);
    }

    #[test]
    fn a_name_that_occurs_twice_is_numbered() {
        assert_eq!(distinct(["a", "a"], str::to_owned), ["a", "a_2"]);
    }
}
