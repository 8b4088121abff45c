//! The words that declare who owns the rows.

use super::key::{Key, once};

pub(super) const OWNER: Key = once("owner", "owner");
pub(super) const SCOPE: Key = once("scope", "scope = user_id");
pub(super) const SHARED: Key = once("shared", "shared");
pub(super) const INTERNAL: Key = once("internal", "internal");

/// An ownership: its usage and meaning for messages, and whether a view can have it.
pub(crate) struct OwnershipWord {
    pub(crate) usage: &'static str,
    pub(crate) meaning: &'static str,
    pub(crate) of_views: bool,
}

/// Every ownership, in the order in which messages list them.
pub(crate) const OWNERSHIPS: &[OwnershipWord] = &[
    OwnershipWord {
        usage: SCOPE.usage,
        meaning: "each row belongs to the user in this column",
        of_views: true,
    },
    OwnershipWord {
        usage: "scope(through = order_id)",
        meaning: "each row belongs to the owner of another row",
        of_views: false,
    },
    OwnershipWord {
        usage: OWNER.usage,
        meaning: "the rows are the users",
        of_views: false,
    },
    OwnershipWord {
        usage: SHARED.usage,
        meaning: "every user may see the rows",
        of_views: true,
    },
    OwnershipWord {
        usage: INTERNAL.usage,
        meaning: "only `db.unscoped(..)` reaches the rows",
        of_views: true,
    },
];
