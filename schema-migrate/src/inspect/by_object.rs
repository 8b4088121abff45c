use std::collections::HashMap;

use sqlx::postgres::types::Oid;

/// The parts of objects, in the order in which they were read.
pub(super) struct ByObject<T>(HashMap<Oid, Vec<T>>);

impl<T> ByObject<T> {
    /// Removes and returns the parts of an object; a second call returns none.
    pub(super) fn take(&mut self, object: Oid) -> Vec<T> {
        self.0.remove(&object).unwrap_or_default()
    }
}

impl<T> FromIterator<(Oid, T)> for ByObject<T> {
    fn from_iter<I: IntoIterator<Item = (Oid, T)>>(pairs: I) -> Self {
        let mut found: HashMap<_, Vec<_>> = HashMap::new();
        for (object, part) in pairs {
            found.entry(object).or_default().push(part);
        }
        Self(found)
    }
}
