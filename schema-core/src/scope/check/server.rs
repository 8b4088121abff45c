//! Checks the server's release and its extensions.

use crate::catalog::row;
use crate::error::refusal::Refusal;

/// Sent in the message that begins the transaction, so that it takes no round trip of its own.
pub(super) const QUERY: &str = "\
SELECT current_setting('server_version_num')::int4 AS version,
    EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = 'citus') AS has_citus";

row! {
    /// The server's version and whether it has the extension `citus`.
    pub(super) struct Server {
        version: i32,
        has_citus: bool,
    }
}

/// The first minor release of each major release without known holes, such as CVE-2024-10976 and CVE-2025-8713
/// (<https://www.postgresql.org/support/security/>).
const FIXED: [(i32, i32, &str); 5] = [
    (13, 22, "13.22"),
    (14, 19, "14.19"),
    (15, 14, "15.14"),
    (16, 10, "16.10"),
    (17, 6, "17.6"),
];

pub(super) fn refuse(server: &Server) -> Result<(), Refusal> {
    if let Some(fixed) = fix_of(server.version) {
        let (major, minor) = (server.version / 10_000, server.version % 10_000);
        return Err(Refusal::Server {
            version: format!("{major}.{minor}"),
            fixed,
        });
    }
    if server.has_citus {
        return Err(Refusal::Citus);
    }
    Ok(())
}

/// The release that closes the known holes of this version. `None` if it has none.
fn fix_of(version: i32) -> Option<&'static str> {
    let (major, minor) = (version / 10_000, version % 10_000);
    if major < FIXED[0].0 {
        return Some(FIXED[0].2);
    }
    let fixed = FIXED.iter().find(|(of, ..)| *of == major)?;
    (minor < fixed.1).then_some(fixed.2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_with_known_holes_gets_the_release_that_closes_them() {
        assert_eq!(fix_of(120_022), Some("13.22"));
        assert_eq!(fix_of(150_013), Some("15.14"));
        assert_eq!(fix_of(150_014), None);
        assert_eq!(fix_of(170_005), Some("17.6"));
        assert_eq!(fix_of(180_000), None);
    }
}
