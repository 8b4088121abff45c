//! A directory of migrations, in the layout of `sqlx migrate`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

use sha2::{Digest as _, Sha384};

use super::file_name::{BadName, FileName};
use super::statement::{self, ScriptStatement};

/// How a file begins whose statements cannot run in one transaction.
const NO_TRANSACTION: &str = "-- no-transaction";

/// Which way a file leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// To the schema that has the migration in it.
    Up,
    /// Back to the schema before it.
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
    /// Where it is.
    pub path: PathBuf,
    /// What it holds.
    pub sql: String,
}

impl Script {
    /// Whether all of it runs in one transaction: it does not begin with `-- no-transaction`.
    pub fn is_transactional(&self) -> bool {
        !self.text().starts_with(NO_TRANSACTION)
    }

    /// The hash that the history keeps of an up file: SHA-384 of its bytes, as SQLx makes it.
    pub fn checksum(&self) -> Vec<u8> {
        hash(&self.sql)
    }

    /// Its statements, in their order.
    pub fn statements(&self) -> Vec<ScriptStatement> {
        statement::split(self.text())
    }

    /// The SQL without a byte order mark, which the server does not take.
    pub(crate) fn text(&self) -> &str {
        self.sql.strip_prefix('\u{feff}').unwrap_or(&self.sql)
    }
}

/// SHA-384.
pub(super) fn hash(text: &str) -> Vec<u8> {
    Sha384::digest(text).to_vec()
}

/// A migration: the way up and, where there is one, the way down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Migration {
    /// The number before the first `_` of the files' names.
    pub version: i64,
    /// The up file's name between version and ending, with spaces for `_`.
    pub description: String,
    /// The file that makes the change.
    pub up: Script,
    /// The file that takes it back.
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

/// The migrations of a directory, in the order of their versions.
///
/// A migration is `<version>_<description>.up.sql` with `<version>_<description>.down.sql` beside it, or
/// `<version>_<description>.sql` where there is no way back; the version is made of digits. Other files are left alone.
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
    /// A file or the directory cannot be read; a file that is no UTF-8 is one of them.
    #[error("`{}` cannot be read", path.display())]
    Read {
        /// The file or the directory.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A sign stands before the version.
    #[error("the version of `{}` has a sign; write digits alone", path.display())]
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
    #[error("`{}` and `{}` have the same version; give one of them a later one", first.display(), second.display())]
    SameVersion {
        /// The file that comes first by its name.
        first: PathBuf,
        /// The other one.
        second: PathBuf,
    },
    /// A down file has no up file.
    #[error("`{}` has no up file beside it; add it, or remove this one", path.display())]
    DownAlone {
        /// The down file.
        path: PathBuf,
    },
}

impl Directory {
    /// Reads the migrations in the directory at `path`, but none in directories below it.
    ///
    /// # Errors
    ///
    /// Where it cannot be read, or where the files are not clear: two of one version, a down file without an up file.
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

    /// Migrations of these files, each its path and what it holds: those that a program has in itself.
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
    /// Where the files are not clear, as for [`read`](Self::read).
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

    /// All migrations, oldest first.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Migration> {
        self.migrations.values()
    }

    /// Whether `newer` is the next file of the migration that `older` is of: `migrate new` counts their versions and their names up, from
    /// `1_add_due.up.sql` to `2_add_due_2.up.sql`.
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

/// What is in a directory, sorted: which of two files is named first does not hang on the file system.
fn paths(directory: &Path) -> Result<Vec<PathBuf>, DirectoryError> {
    let entries = fs::read_dir(directory).map_err(cannot_read(directory))?;
    let paths: Result<Vec<_>, _> = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect();
    let mut paths = paths.map_err(cannot_read(directory))?;
    paths.sort();
    Ok(paths)
}

/// What the name says of the file at `path`, where it is one of a migration's.
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

/// Files that are not yet put together.
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
