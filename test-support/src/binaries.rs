//! Finds PostgreSQL's binaries.

use std::cmp::Reverse;
use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Error;

/// The locale of the server and of the messages of its programs.
pub(crate) const LOCALE: &str = "C.UTF-8";
const VARIABLE: &str = "FREEHOLD_PG_BIN";
/// Debian installs each version in `<version>/bin` below this directory.
const VERSIONS: &str = "/usr/lib/postgresql";

/// The three binaries that the tests need, all of one version.
#[derive(Clone, Debug)]
pub(crate) struct Binaries {
    pub(crate) initdb: PathBuf,
    pub(crate) postgres: PathBuf,
    pub(crate) psql: PathBuf,
}

impl Binaries {
    /// The binaries in `FREEHOLD_PG_BIN`; if that is not set, the first ones found.
    pub(crate) fn find() -> Result<Self, Error> {
        match env::var_os(VARIABLE) {
            Some(chosen) => Self::chosen(Path::new(&chosen)),
            None => Self::search().ok_or(Error::NoBinaries),
        }
    }

    fn chosen(directory: &Path) -> Result<Self, Error> {
        Self::within(directory).ok_or_else(|| Error::WrongBinaries(directory.to_owned()))
    }

    fn search() -> Option<Self> {
        let path = env::var_os("PATH").unwrap_or_default();
        Self::in_path(&path)
            .or_else(Self::in_pg_config)
            .or_else(|| Self::in_versions(Path::new(VERSIONS)))
    }

    /// `PATH` may contain a link to `initdb` only. Then the other binaries are beside the target of the link.
    fn in_path(path: &OsStr) -> Option<Self> {
        env::split_paths(path).find_map(|directory| {
            let linked = directory.join("initdb").canonicalize().ok()?;
            Self::within(linked.parent()?).or_else(|| Self::within(&directory))
        })
    }

    fn in_pg_config() -> Option<Self> {
        let output = Command::new("pg_config").arg("--bindir").output().ok()?;
        let directory = String::from_utf8(output.stdout).ok()?;
        Self::within(Path::new(directory.trim_end()))
    }

    fn in_versions(root: &Path) -> Option<Self> {
        let mut versions: Vec<PathBuf> = fs::read_dir(root)
            .ok()?
            .flatten()
            .map(|entry| entry.path())
            .collect();
        versions.sort_by_key(|version| Reverse(number(version)));
        versions
            .iter()
            .find_map(|version| Self::within(&version.join("bin")))
    }

    fn within(directory: &Path) -> Option<Self> {
        let file = |name| Some(directory.join(name)).filter(|path| path.is_file());
        Some(Self {
            initdb: file("initdb")?,
            postgres: file("postgres")?,
            psql: file("psql")?,
        })
    }
}

/// Removes PostgreSQL's variables, which would lead the binaries to another server. `TZ` saves `initdb` a search.
pub(crate) fn clear_environment(command: &mut Command) {
    let names = env::vars_os().map(|(name, _)| name);
    for name in names.filter(|name| name.as_encoded_bytes().starts_with(b"PG")) {
        command.env_remove(name);
    }
    command.env("LC_ALL", LOCALE).env("TZ", "UTC");
}

/// The major version in the name of a directory: `15`. `None` for `9.6`, which is older than all others.
fn number(version: &Path) -> Option<u32> {
    version.file_name()?.to_str()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use std::error::Error;
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::path::Path;

    use super::Binaries;

    type TestResult = Result<(), Box<dyn Error>>;

    fn install(directory: &Path) -> TestResult {
        fs::create_dir_all(directory)?;
        for name in ["initdb", "postgres", "psql"] {
            fs::write(directory.join(name), "")?;
        }
        Ok(())
    }

    fn found(binaries: Option<Binaries>) -> Option<std::path::PathBuf> {
        binaries.and_then(|binaries| Some(binaries.psql.parent()?.to_owned()))
    }

    #[test]
    fn the_newest_complete_version_is_chosen() -> TestResult {
        let root = tempfile::tempdir()?;
        for version in ["9.6", "9", "15"] {
            install(&root.path().join(version).join("bin"))?;
        }
        fs::create_dir_all(root.path().join("16/bin"))?;
        assert_eq!(
            found(Binaries::in_versions(root.path())),
            Some(root.path().join("15/bin"))
        );
        Ok(())
    }

    #[test]
    fn a_link_in_path_leads_to_the_binaries() -> TestResult {
        let root = tempfile::tempdir()?;
        let (real, links) = (
            root.path().canonicalize()?.join("15/bin"),
            root.path().join("links"),
        );
        install(&real)?;
        fs::create_dir(&links)?;
        symlink(real.join("initdb"), links.join("initdb"))?;
        assert_eq!(found(Binaries::in_path(links.as_os_str())), Some(real));
        Ok(())
    }

    #[test]
    fn a_chosen_directory_without_binaries_is_an_error() -> TestResult {
        let root = tempfile::tempdir()?;
        let message = Binaries::chosen(root.path()).map_err(|error| error.to_string());
        assert!(message.is_err_and(|message| message.starts_with("`FREEHOLD_PG_BIN` is `")));
        Ok(())
    }
}
