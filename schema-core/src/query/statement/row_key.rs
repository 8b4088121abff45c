//! The values of some columns of a row, as a key to find the row by.

use std::cmp::Ordering;

/// The number of bytes that need no allocation: a `uuid` or two numbers, with their lengths.
const INLINE: usize = 24;

/// Written in place of the length for a null.
const NULL: u32 = u32::MAX;

/// The values of some columns of a row, in the bytes that the server sent.
#[derive(Clone, Debug)]
#[doc(hidden)]
pub struct RowKey(Bytes);

/// The values, each after its length of four bytes.
#[derive(Clone, Debug)]
enum Bytes {
    Inline { length: u8, bytes: [u8; INLINE] },
    Heap(Vec<u8>),
}

impl RowKey {
    pub(super) const EMPTY: Self = Self(Bytes::Inline {
        length: 0,
        bytes: [0; INLINE],
    });

    /// Appends a value.
    pub(super) fn push(&mut self, value: Option<&[u8]>) {
        let length = value.map_or(NULL, |value| u32::try_from(value.len()).unwrap_or(NULL));
        self.extend(&length.to_le_bytes());
        self.extend(value.unwrap_or_default());
    }

    fn extend(&mut self, more: &[u8]) {
        match &mut self.0 {
            Bytes::Inline { length, bytes } => {
                let start = usize::from(*length);
                let end = start + more.len();
                match (bytes.get_mut(start..end), u8::try_from(end)) {
                    (Some(room), Ok(end)) => {
                        room.copy_from_slice(more);
                        *length = end;
                    }
                    _ => self.0 = Bytes::Heap([&bytes[..start], more].concat()),
                }
            }
            Bytes::Heap(bytes) => bytes.extend_from_slice(more),
        }
    }

    fn bytes(&self) -> &[u8] {
        match &self.0 {
            Bytes::Inline { length, bytes } => &bytes[..usize::from(*length)],
            Bytes::Heap(bytes) => bytes,
        }
    }

    /// The values, in order.
    pub(super) fn values(&self) -> impl Iterator<Item = Option<&[u8]>> {
        let mut rest = self.bytes();
        std::iter::from_fn(move || {
            let (length, behind) = rest.split_first_chunk::<4>()?;
            let length = u32::from_le_bytes(*length);
            if length == NULL {
                rest = behind;
                return Some(None);
            }
            let (value, behind) = behind.split_at_checked(usize::try_from(length).ok()?)?;
            rest = behind;
            Some(Some(value))
        })
    }

    /// Whether no value is null.
    pub(super) fn is_whole(&self) -> bool {
        self.values().all(|value| value.is_some())
    }

    /// The first `count` values, and the others.
    pub(super) fn split(&self, count: usize) -> (Self, Self) {
        let mut parts = (Self::EMPTY, Self::EMPTY);
        for (at, value) in self.values().enumerate() {
            let part = if at < count {
                &mut parts.0
            } else {
                &mut parts.1
            };
            part.push(value);
        }
        parts
    }
}

impl<'v> FromIterator<Option<&'v [u8]>> for RowKey {
    fn from_iter<I: IntoIterator<Item = Option<&'v [u8]>>>(values: I) -> Self {
        let mut key = Self::EMPTY;
        for value in values {
            key.push(value);
        }
        key
    }
}

impl PartialEq for RowKey {
    fn eq(&self, other: &Self) -> bool {
        self.bytes() == other.bytes()
    }
}

impl Eq for RowKey {}

/// An arbitrary but stable order, for binary search.
impl Ord for RowKey {
    fn cmp(&self, other: &Self) -> Ordering {
        self.bytes().cmp(other.bytes())
    }
}

impl PartialOrd for RowKey {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::RowKey;

    fn values(key: &RowKey) -> Vec<Option<Vec<u8>>> {
        let values = key.values();
        values.map(|value| value.map(<[u8]>::to_vec)).collect()
    }

    #[test]
    fn values_come_back_as_they_were_put() {
        let long = [7_u8; 100];
        let all = [Some(&b"ab"[..]), None, Some(b""), Some(&long), Some(b"c")];
        let key: RowKey = all.into_iter().collect();
        assert_eq!(values(&key), all.map(|value| value.map(<[u8]>::to_vec)));
        assert!(!key.is_whole());
        let (first, rest) = key.split(1);
        assert_eq!(values(&first), [Some(b"ab".to_vec())]);
        assert_eq!(values(&rest).len(), 4);
    }

    #[test]
    fn keys_with_different_boundaries_differ() {
        let key = |all: [&[u8]; 2]| all.into_iter().map(Some).collect::<RowKey>();
        assert_ne!(key([b"ab", b"c"]), key([b"a", b"bc"]));
        assert_eq!(key([b"ab", b"c"]), key([b"ab", b"c"]));
    }
}
