//! The user that the server runs as: PostgreSQL refuses to run as root.

use std::fs;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use crate::Error;

const ROOT: u32 = 0;
const PASSWD: &str = "/etc/passwd";
const NAMES: [&str; 2] = ["postgres", "nobody"];

/// A user other than root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Account {
    uid: u32,
    gid: u32,
}

impl Account {
    /// The account to run the server as. `None` if this process is not root. `directory` was just created by this
    /// process.
    pub(crate) fn for_server(directory: &Path) -> Result<Option<Self>, Error> {
        let made_by = fs::metadata(directory).map_err(Error::at(directory))?.uid();
        if made_by != ROOT {
            return Ok(None);
        }
        let passwd = fs::read_to_string(PASSWD).map_err(Error::at(Path::new(PASSWD)))?;
        let account = NAMES.iter().find_map(|name| Self::in_passwd(&passwd, name));
        account.map(Some).ok_or(Error::NoAccount)
    }

    fn in_passwd(passwd: &str, name: &str) -> Option<Self> {
        passwd.lines().find_map(|line| {
            let mut fields = line.split(':');
            let found = fields.next()? == name;
            let uid = fields.nth(1)?.parse().ok()?;
            let gid = fields.next()?.parse().ok()?;
            (found && uid != ROOT).then_some(Self { uid, gid })
        })
    }

    /// Makes the account the owner of `directory`.
    pub(crate) fn own(self, directory: &Path) -> Result<(), Error> {
        chown(directory, Some(self.uid), Some(self.gid)).map_err(Error::at(directory))
    }

    /// Runs the `command` as the account. The standard library also clears the supplementary groups of root.
    pub(crate) fn run(self, command: &mut Command) {
        command.uid(self.uid).gid(self.gid);
    }
}

/// The closest parent of `directory` that other users cannot enter.
pub(crate) fn closed_above(directory: &Path) -> Option<&Path> {
    const OTHERS_PASS: u32 = 0o001;
    let closed = |path: &&Path| fs::metadata(path).is_ok_and(|made| made.mode() & OTHERS_PASS == 0);
    directory.ancestors().skip(1).find(closed)
}

#[cfg(test)]
mod tests {
    use std::error::Error;
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt;

    use super::{Account, closed_above};

    const PASSWD: &str = "\
root:x:0:0:root:/root:/bin/bash
# a comment
nobody:x:65534:65533:nobody:/nonexistent:/usr/sbin/nologin
toor:x:0:0::/:/bin/sh
broken:x:many:1::/:/bin/sh
";

    #[test]
    fn an_account_is_found_by_its_name() {
        let nobody = Account {
            uid: 65534,
            gid: 65533,
        };
        assert_eq!(Account::in_passwd(PASSWD, "nobody"), Some(nobody));
    }

    #[test]
    fn root_and_broken_lines_are_not_accounts() {
        for name in ["toor", "broken", "nobod", "missing"] {
            assert_eq!(Account::in_passwd(PASSWD, name), None, "{name}");
        }
    }

    #[test]
    fn a_closed_directory_is_named() -> Result<(), Box<dyn Error>> {
        let root = tempfile::tempdir()?;
        fs::set_permissions(root.path(), Permissions::from_mode(0o750))?;
        assert_eq!(closed_above(&root.path().join("inner")), Some(root.path()));
        Ok(())
    }
}
