//! The type of a key, and the keys that several attributes share.

/// A key: its word, its usage for messages, and whether it may be repeated.
#[derive(Debug)]
pub(crate) struct Key {
    pub(crate) word: &'static str,
    pub(crate) usage: &'static str,
    pub(crate) repeats: bool,
}

pub(super) const fn once(word: &'static str, usage: &'static str) -> Key {
    Key {
        word,
        usage,
        repeats: false,
    }
}

pub(super) const fn repeated(word: &'static str, usage: &'static str) -> Key {
    Key {
        word,
        usage,
        repeats: true,
    }
}

pub(super) const NAME: Key = once("name", "name = some_name");
pub(super) const CRATE: Key = once("crate", "crate = ::some::path");
pub(super) const COMMENT: Key = once("comment", "comment = \"text\"");
pub(super) const ALLOW: Key = repeated("allow", "allow(rule)");
pub(super) const SCHEMA: Key = once("schema", "schema = app");
pub(super) const UNIQUE_LIST: Key = repeated("unique", "unique(user_id, slug)");
pub(super) const INDEX_LIST: Key = repeated("index", "index(user_id, created_at.desc())");
