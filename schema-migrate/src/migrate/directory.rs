//! A directory of migrations, in the layout of `sqlx migrate`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

use sha2::{Digest as _, Sha384};

use super::file_name::{BadName, FileName};
use super::statement::{self, ScriptStatement};

/// The first line of a file whose statements cannot run in one transaction.
const NO_TRANSACTION: &str = "-- no-transaction";

/// The direction of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Direction {
    /// To the schema with the migration.
    Up,
    /// Back to the schema before the migration.
    Down,
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Up => "up",
            Self::Down => "down",
        })
    }
}

/// One file of a migration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// The path of the file.
    pub path: PathBuf,
    /// The content of the file.
    pub sql: String,
}

impl Script {
    /// Whether all of it runs in one transaction: it does not begin with `-- no-transaction`.
    pub fn is_transactional(&self) -> bool {
        !self.text().starts_with(NO_TRANSACTION)
    }

    /// The hash of an up file in the history: SHA-384 of its bytes, as SQLx computes it.
    pub fn checksum(&self) -> Vec<u8> {
        hash(&self.sql)
    }

    /// The statements, in order.
    pub fn statements(&self) -> Vec<ScriptStatement> {
        statement::split(self.text())
    }

    /// The SQL without a byte order mark, which the server rejects.
    pub(crate) fn text(&self) -> &str {
        self.sql.strip_prefix('\u{feff}').unwrap_or(&self.sql)
    }
}

/// SHA-384.
pub(super) fn hash(text: &str) -> Vec<u8> {
    Sha384::digest(text).to_vec()
}

/// A migration: its up file and, if there is one, its down file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Migration {
    /// The number before the first `_` of the file names.
    pub version: i64,
    /// The name of the up file between version and suffix, with spaces for `_`.
    pub description: String,
    /// The file that makes the change.
    pub up: Script,
    /// The file that reverts it.
    pub down: Option<Script>,
}

impl Migration {
    /// The file of a direction.
    pub fn script(&self, direction: Direction) -> Option<&Script> {
        match direction {
            Direction::Up => Some(&self.up),
            Direction::Down => self.down.as_ref(),
        }
    }
}

/// The migrations of a directory, ordered by version.
///
/// A migration is `<version>_<description>.up.sql` and `<version>_<description>.down.sql`, or
/// `<version>_<description>.sql` if it cannot be reverted. The version consists of digits. Other files are ignored.
///
/// ```
/// use freehold_schema_migrate::migrate::Directory;
///
/// # let directory = std::env::temp_dir().join(format!("freehold-doc-{}", std::process::id()));
/// # std::fs::create_dir_all(&directory)?;
/// # std::fs::write(directory.join("1_users.up.sql"), "CREATE TABLE users (id bigint PRIMARY KEY);")?;
/// # std::fs::write(directory.join("1_users.down.sql"), "DROP TABLE users;")?;
/// let migrations = Directory::read(&directory)?;
/// assert_eq!(migrations.iter().map(|m| m.version).collect::<Vec<_>>(), [1]);
/// # std::fs::remove_dir_all(&directory)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Directory {
    migrations: BTreeMap<i64, Migration>,
}

/// Why a directory of migrations cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DirectoryError {
    /// A file or the directory cannot be read, for example because a file is not UTF-8.
    #[error("`{}` cannot be read", path.display())]
    Read {
        /// The file or the directory.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },
    /// A sign is before the version.
    #[error("the version of `{}` has a sign; write only digits", path.display())]
    SignedVersion {
        /// The file.
        path: PathBuf,
    },
    /// The version is larger than the history can hold.
    #[error("the version of `{}` is larger than `{}`; write a smaller one", path.display(), i64::MAX)]
    LargeVersion {
        /// The file.
        path: PathBuf,
    },
    /// Two files have the same version and direction.
    #[error("`{}` and `{}` have the same version; give one of them a later version", first.display(), second.display())]
    SameVersion {
        /// The first of the two by name.
        first: PathBuf,
        /// The second.
        second: PathBuf,
    },
    /// A down file has no up file.
    #[error("`{}` has no up file; add one, or remove this file", path.display())]
    DownAlone {
        /// The down file.
        path: PathBuf,
    },
}

impl Directory {
    /// Reads the migrations in the directory at `path`, without its subdirectories.
    ///
    /// # Errors
    ///
    /// [`DirectoryError`] if a file cannot be read, or if the files do not fit: two of one version, a down file without
    /// an up file.
    pub fn read(path: impl AsRef<Path>) -> Result<Self, DirectoryError> {
        let mut files = Files::default();
        for path in paths(path.as_ref())? {
            if let Some(name) = name_of(&path)?
                && is_file(&path)?
            {
                let sql = fs::read_to_string(&path).map_err(cannot_read(&path))?;
                files.add(name, Script { path, sql })?;
            }
        }
        files.paired()
    }

    /// Reads the migrations from paths and contents: for files that a program embeds.
    ///
    /// ```
    /// use freehold_schema_migrate::migrate::Directory;
    ///
    /// let migrations = Directory::of([("1_users.sql", "CREATE TABLE users (id bigint PRIMARY KEY);")])?;
    /// assert!(migrations.get(1).is_some());
    /// # Ok::<(), freehold_schema_migrate::migrate::DirectoryError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`DirectoryError`] if the files do not fit, as for [`read`](Self::read).
    pub fn of(
        files: impl IntoIterator<Item = (impl Into<PathBuf>, impl Into<String>)>,
    ) -> Result<Self, DirectoryError> {
        let mut all = Files::default();
        for (path, sql) in files {
            let (path, sql) = (path.into(), sql.into());
            if let Some(name) = name_of(&path)? {
                all.add(name, Script { path, sql })?;
            }
        }
        all.paired()
    }

    /// Returns all migrations, oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Migration> {
        self.migrations.values()
    }

    /// Whether `newer` is the next file of the migration that `older` belongs to: `migrate new` counts versions and
    /// names up, from `1_add_due.up.sql` to `2_add_due_2.up.sql`.
    #[cfg(feature = "postgres")]
    pub(super) fn is_one_with(&self, older: &Migration, newer: &Migration) -> bool {
        let Some((begun, number)) = newer.description.rsplit_once(' ') else {
            return false;
        };
        let number = number.parse::<i64>().ok().filter(|number| *number > 1);
        let first = number.and_then(|number| self.get(newer.version - (number - 1)));
        older.version + 1 == newer.version && first.is_some_and(|first| first.description == begun)
    }

    /// The migration of a version.
    pub fn get(&self, version: i64) -> Option<&Migration> {
        self.migrations.get(&version)
    }
}

/// The entries of a directory, sorted, so that the order does not depend on the file system.
fn paths(directory: &Path) -> Result<Vec<PathBuf>, DirectoryError> {
    let entries = fs::read_dir(directory).map_err(cannot_read(directory))?;
    let paths: Result<Vec<_>, _> = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect();
    let mut paths = paths.map_err(cannot_read(directory))?;
    paths.sort();
    Ok(paths)
}

/// Parses the name of a file; `None` if it is not a migration.
fn name_of(path: &Path) -> Result<Option<FileName>, DirectoryError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    FileName::parse(&name).map_err(|bad| {
        let path = path.to_owned();
        match bad {
            BadName::Signed => DirectoryError::SignedVersion { path },
            BadName::TooLarge => DirectoryError::LargeVersion { path },
        }
    })
}

fn is_file(path: &Path) -> Result<bool, DirectoryError> {
    let found = fs::metadata(path).map_err(cannot_read(path))?;
    Ok(found.is_file())
}

fn cannot_read(path: &Path) -> impl FnOnce(io::Error) -> DirectoryError {
    let path = path.to_owned();
    move |source| DirectoryError::Read { path, source }
}

/// Up and down files, before they are paired.
#[derive(Default)]
struct Files {
    ups: BTreeMap<i64, Migration>,
    downs: BTreeMap<i64, Script>,
}

impl Files {
    fn add(&mut self, name: FileName, script: Script) -> Result<(), DirectoryError> {
        let version = name.version;
        let second = script.path.clone();
        let first = match name.direction {
            Direction::Up => {
                let description = name.description;
                let migration = Migration {
                    version,
                    description,
                    up: script,
                    down: None,
                };
                self.ups
                    .insert(version, migration)
                    .map(|first| first.up.path)
            }
            Direction::Down => self.downs.insert(version, script).map(|first| first.path),
        };
        match first {
            Some(first) => Err(DirectoryError::SameVersion { first, second }),
            None => Ok(()),
        }
    }

    fn paired(mut self) -> Result<Directory, DirectoryError> {
        for (version, script) in self.downs {
            match self.ups.get_mut(&version) {
                Some(migration) => migration.down = Some(script),
                None => return Err(DirectoryError::DownAlone { path: script.path }),
            }
        }
        Ok(Directory {
            migrations: self.ups,
        })
    }
}
